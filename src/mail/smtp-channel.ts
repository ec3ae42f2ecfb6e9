import type { Config } from '../config.js';
import type { Alarms } from '../health/alarms.js';
import type { Allowance } from './allowance.js';
import { ChannelPause } from './channel-pause.js';
import { isLoopback, type ChannelSettings } from './channel-settings.js';
import { ConnectionLimit } from './connection-limit.js';
import { explainNoSession } from './explain-no-session.js';
import { asksForLess, endsSession, wasAccepted, type SmtpOutcome } from './smtp-outcome.js';
import { SmtpSession, type Envelope, type SessionSettings } from './smtp-session.js';

const minuteMs = 60_000;

/** The way to one relay: kept-open sessions, up to the channel's limit, each used for one letter at a time. */
export class SmtpChannel {
  readonly weight: number;
  private readonly settings: SessionSettings;
  private readonly idle: SmtpSession[] = [];
  private readonly waiting: (() => void)[] = [];
  private readonly pause = new ChannelPause();
  private readonly limit: ConnectionLimit;
  private inUse = 0;

  constructor(
    private readonly channel: ChannelSettings,
    private readonly allowance: Allowance,
    private readonly alarms: Alarms,
    config: Readonly<Config>,
  ) {
    this.weight = channel.weight;
    this.limit = new ConnectionLimit(channel.connections);
    this.settings = sessionSettings(channel.url, new URL(config.PUBLIC_URL).hostname);
  }

  /** @param arm asked after 354 and before the first byte; answer false to stop it */
  async send(envelope: Envelope, raw: Buffer, arm: () => Promise<boolean>): Promise<SmtpOutcome> {
    if (this.paused || !(await this.allowance.take())) return { kind: 'no session', detail: this.why };
    await this.takeTurn();
    try {
      return await this.attempt(envelope, raw, arm);
    } finally {
      this.inUse -= 1;
      this.waiting.shift()?.();
    }
  }

  /** True while no session can be had, or the rate is used up. */
  get paused(): boolean {
    return this.pause.lasts(performance.now()) || this.allowance.dry;
  }

  /** Why it is paused. */
  get why(): string {
    return this.pause.lasts(performance.now()) ? this.pause.why : this.named('The rate of the channel is used up.');
  }

  /** Greets the relay and leaves; what succeeds ends a pause. Rejects with one sentence of ours when that fails. */
  async check(): Promise<void> {
    try {
      const session = await SmtpSession.open(this.settings);
      session.quit();
      this.pause.end();
    } catch (error) {
      throw new Error(this.explain(error).why, { cause: error });
    }
  }

  /** As `check`, but a failure begins a pause and raises the alarm. */
  async greet(): Promise<void> {
    await this.check().catch(({ cause }: Error) => this.rest(cause));
  }

  quit(): void {
    for (const session of this.idle.splice(0)) session.quit();
  }

  private async takeTurn(): Promise<void> {
    while (this.inUse >= this.limit.connections) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.inUse += 1;
  }

  private async attempt(envelope: Envelope, raw: Buffer, arm: () => Promise<boolean>): Promise<SmtpOutcome> {
    const kept = this.takeIdle();
    if (kept) {
      let asked = false;
      const outcome = await kept.send(envelope, raw, () => {
        asked = true;
        return arm();
      });
      // A fresh one deserves a try at once, unless this letter may be armed already.
      if (asked || !endsSession(outcome)) return this.noted(kept, outcome);
    }
    const session = await this.open();
    return session instanceof SmtpSession
      ? this.noted(session, await session.send(envelope, raw, arm))
      : { kind: 'no session', detail: session.why };
  }

  /** A session, or why there is none: then the channel rests. */
  private async open(): Promise<SmtpSession | { why: string }> {
    // Whoever waited for a turn finds out here that the one before had no session.
    if (this.pause.lasts(performance.now())) return { why: this.pause.why };
    try {
      const session = await SmtpSession.open(this.settings);
      this.pause.end();
      return session;
    } catch (error) {
      if ((error as { responseCode?: number }).responseCode === 421) this.limit.halve();
      return { why: this.rest(error) };
    }
  }

  /** @returns why, in a sentence */
  private rest(error: unknown): string {
    const { why, needsHands } = this.explain(error);
    if (this.pause.begin(why, needsHands, performance.now())) this.alarms.raise('channel', why);
    return why;
  }

  private explain(error: unknown): { why: string; needsHands: boolean } {
    const setting = this.channel.name === 'default' ? 'SMTP_URL' : 'CHANNELS_FILE';
    const { sentence, needsHands } = explainNoSession(error, setting);
    return { why: this.named(sentence), needsHands };
  }

  private named(sentence: string): string {
    return this.channel.name === 'default' ? sentence : `Channel ${this.channel.name}: ${sentence}`;
  }

  private noted(session: SmtpSession, outcome: SmtpOutcome): SmtpOutcome {
    if (wasAccepted(outcome)) this.limit.recover();
    if (asksForLess(outcome)) this.limit.halve();
    if (session.usable) this.idle.push(session);
    return outcome;
  }

  private takeIdle(): SmtpSession | undefined {
    for (;;) {
      const session = this.idle.pop();
      if (!session || session.usable) return session;
    }
  }
}

function sessionSettings(relay: string, name: string): SessionSettings {
  const url = new URL(relay);
  const secure = url.protocol === 'smtps:';
  const loopback = isLoopback(relay);
  const settings: SessionSettings = {
    connection: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port) || (secure ? 465 : 587),
      secure,
      requireTLS: !secure && !loopback,
      name,
      connectionTimeout: minuteMs,
      greetingTimeout: minuteMs / 2,
      // RFC 5321 §4.5.3.2.6: ten minutes for the reply to the final dot; a shorter wait creates unknown outcomes.
      socketTimeout: 10 * minuteMs,
      tls: { rejectUnauthorized: !loopback },
    },
  };
  if (url.username) settings.auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return settings;
}
