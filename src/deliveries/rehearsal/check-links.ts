import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { visitHosts } from '../../articles/lanes.js';
import { CONFIG, type Config } from '../../config.js';
import { sql } from '../../database/sql.js';
import type { Finding } from '../../editions/rehearsal/rehearsal.js';
import { fetchDocument, type Fetched } from '../../fetching/fetch-document.js';

const withinMs = 90_000;
/** The server's own word that the page is not there, or not for anybody. */
const deadStatuses = [404, 410, 451];

interface Original {
  id: string;
  title: string;
  url: string;
}

/** Follows the links of articles to their originals, a host's one after the other. Only what the other side says for certain is red. */
@Injectable()
export class CheckLinks {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(articleIds: string[], stop: AbortSignal): Promise<{ checked: number; findings: Finding[] }> {
    const originals = await sql<Original>(
      this.db,
      `select id, title, coalesce(link, url) as url from article where id = any($1::bigint[]) and coalesce(link, url) ~ '^https?:'`,
      [articleIds],
    );
    const findings: Finding[] = [];
    const left = new Map(originals.map((one) => [one.id, one]));
    const byHost = Map.groupBy(originals, ({ url }) => URL.parse(url)?.host ?? url);
    const hosts = [...byHost.values()].map((some) => some.map(({ id }) => id));
    const signal = AbortSignal.any([stop, AbortSignal.timeout(withinMs)]);
    const check = async (id: string) => {
      const original = left.get(id)!;
      const finding = await this.check(original, signal);
      if (signal.aborted) return;
      left.delete(id);
      if (finding) findings.push(finding);
    };
    await visitHosts(hosts, check, signal);
    if (left.size > 0)
      findings.push({ level: 'note', kind: 'link', detail: `${left.size} links could not be followed in time` });
    return { checked: originals.length - left.size, findings };
  }

  private async check({ title, url }: Original, signal: AbortSignal): Promise<Finding | null> {
    const allowHosts = [...this.config.ALLOW_PRIVATE_HOSTS, new URL(this.config.PUBLIC_URL).host]; // the sample's pages are ours
    const fetched = await fetchDocument(url, { accept: '*/*', allowHosts, signal });
    const what = `the link of “${title}” (${url})`;
    if (isDead(fetched)) return { level: 'red', kind: 'link', detail: `${what} is dead: ${reasonOf(fetched)}` };
    if (fetched.kind === 'failed')
      return { level: 'note', kind: 'link', detail: `${what} did not answer as it should: ${fetched.reason}` };
    return null;
  }
}

const isDead = (fetched: Fetched): boolean =>
  fetched.kind === 'gone' ||
  (fetched.kind === 'failed' &&
    (fetched.refused || (fetched.status !== null && deadStatuses.includes(fetched.status))));

const reasonOf = (fetched: Fetched): string => (fetched.kind === 'failed' ? fetched.reason : 'the server answered 410');
