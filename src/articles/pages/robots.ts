import { Injectable } from '@nestjs/common';
import { fetchDocument, userAgent } from '../../fetching/fetch-document.js';
import { HostTurns } from '../../fetching/host-turns.js';

type Verdict = { kind: 'allowed' } | { kind: 'refused'; reason: string };
type Judge = (url: string) => Verdict;

/** What its own types get wrong: the module is the function. */
type RobotsParser = (address: string, text: string) => { isAllowed(url: string, agent: string): boolean | undefined };

const keptMs = 24 * 3600_000;
const keptAfterFailureMs = 3600_000;
const mostHosts = 2_000;
const maxBytes = 512 * 1024;

const everything: Judge = () => ({ kind: 'allowed' });

/**
 * What a site's robots.txt says to us (RFC 9309): no file allows everything, one that cannot be had allows nothing until it can.
 * An answer holds for a day.
 */
@Injectable()
export class Robots {
  private readonly judges = new Map<string, { judge: Promise<Judge>; untilMs: number }>();

  constructor(private readonly hosts: HostTurns) {}

  async judge(url: string, allowHosts: readonly string[]): Promise<Verdict> {
    const { origin } = new URL(url);
    const known = this.judges.get(origin);
    if (known && known.untilMs > performance.now()) return (await known.judge)(url);
    if (this.judges.size >= mostHosts) this.judges.clear();
    const entry = {
      judge: this.ask(origin, allowHosts, () => (entry.untilMs = performance.now() + keptAfterFailureMs)),
      untilMs: performance.now() + keptMs,
    };
    this.judges.set(origin, entry);
    return (await entry.judge)(url);
  }

  private async ask(origin: string, allowHosts: readonly string[], failed: () => void): Promise<Judge> {
    const address = `${origin}/robots.txt`;
    const fetched = await this.hosts.take(address, allowHosts, () =>
      fetchDocument(address, { accept: 'text/plain, */*;q=0.1', allowHosts, maxBytes }),
    );
    if (fetched.kind === 'gone') return everything;
    if (fetched.kind === 'ok') return judgeBy(address, fetched.body.toString());
    if (
      fetched.kind === 'failed' &&
      fetched.status !== null &&
      fetched.status >= 400 &&
      fetched.status < 500 &&
      fetched.status !== 429
    )
      return everything;
    failed();
    const reason = `robots.txt cannot be read: ${fetched.kind === 'failed' ? fetched.reason : fetched.kind}`;
    return () => ({ kind: 'refused', reason });
  }
}

async function judgeBy(address: string, text: string): Promise<Judge> {
  const { default: robotsParser } = (await import('robots-parser')) as unknown as { default: RobotsParser };
  const rules = robotsParser(address, text);
  return (url) =>
    rules.isAllowed(url, userAgent) === false
      ? { kind: 'refused', reason: 'robots.txt asks us not to read this page' }
      : { kind: 'allowed' };
}
