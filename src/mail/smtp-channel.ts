import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { CONFIG, smtpIsLoopback, type Config } from '../config.js';
import { Alarms } from '../health/alarms.js';
import { ChannelPause } from './channel-pause.js';
import { ConnectionLimit } from './connection-limit.js';
import { readDkimKey, signLetter, type DkimKey } from './dkim.js';
import { explainNoSession } from './explain-no-session.js';
import { SmtpSession, type Envelope, type SessionSettings } from './smtp-session.js';
import type { SmtpOutcome } from './smtp-outcome.js';

const minuteMs = 60_000;

/** The way to the relay: at most SMTP_CONNECTIONS kept-open sessions, each used for one letter at a time. */
@Injectable()
export class SmtpChannel implements BeforeApplicationShutdown {
  private readonly settings: SessionSettings;
  private readonly dkimKey: DkimKey | null;
  private readonly idle: SmtpSession[] = [];
  private readonly waiting: (() => void)[] = [];
  private readonly pause = new ChannelPause();
  private readonly limit: ConnectionLimit;
  private inUse = 0;

  constructor(
    private readonly alarms: Alarms,
    @Inject(CONFIG) config: Readonly<Config>,
  ) {
    this.limit = new ConnectionLimit(config.SMTP_CONNECTIONS);
    this.settings = sessionSettings(config);
    this.dkimKey = readDkimKey(config);
  }

  /**
   * Signs and sends one letter.
   * @param arm asked after 354 and before the first byte; answer false to stop it
   */
  async send(
    envelope: Envelope,
    raw: Buffer,
    arm: () => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<SmtpOutcome> {
    const signed = this.dkimKey ? await signLetter(raw, this.dkimKey) : raw;
    if (this.paused) return { kind: 'no session', detail: this.pause.why };
    await this.takeTurn();
    try {
      return await this.attempt(envelope, signed, arm);
    } finally {
      this.inUse -= 1;
      this.waiting.shift()?.();
    }
  }

  /** True while no session can be had: nobody should take letters in hand that could not go out. */
  get paused(): boolean {
    return this.pause.lasts(performance.now());
  }

  /** The relay asks for fewer connections at once. */
  slowDown(): void {
    this.limit.halve();
  }

  /** Greets the relay and leaves; what succeeds ends a pause. Rejects with one sentence of ours when that fails. */
  async check(): Promise<void> {
    try {
      const session = await SmtpSession.open(this.settings);
      session.quit();
      this.pause.end();
    } catch (error) {
      throw new Error(explainNoSession(error).sentence, { cause: error });
    }
  }

  /** After the queue has drained. */
  beforeApplicationShutdown(): void {
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
      const outcome = await this.sendThrough(kept, envelope, raw, () => {
        asked = true;
        return arm();
      });
      // The relay may have closed a session that lay idle: a fresh one deserves a try, unless this letter may be armed already.
      if (asked || outcome.kind !== 'lost' || outcome.when !== 'before the letter') return outcome;
    }
    const session = await this.open();
    return session instanceof SmtpSession
      ? this.sendThrough(session, envelope, raw, arm)
      : { kind: 'no session', detail: session.why };
  }

  /** A session, or why there is none: then the channel rests. */
  private async open(): Promise<SmtpSession | { why: string }> {
    // Whoever waited for a turn finds out here that the one before had no session.
    if (this.paused) return { why: this.pause.why };
    try {
      const session = await SmtpSession.open(this.settings);
      this.pause.end();
      return session;
    } catch (error) {
      if ((error as { responseCode?: number }).responseCode === 421) this.limit.halve();
      const { sentence, needsHands } = explainNoSession(error);
      if (this.pause.begin(sentence, needsHands, performance.now())) this.alarms.raise('channel', sentence);
      return { why: sentence };
    }
  }

  private async sendThrough(
    session: SmtpSession,
    envelope: Envelope,
    raw: Buffer,
    arm: () => Promise<boolean>,
  ): Promise<SmtpOutcome> {
    const outcome = await session.send(envelope, raw, arm);
    if (outcome.kind === 'reply' && outcome.code < 300) this.limit.recover();
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

function sessionSettings(config: Readonly<Config>): SessionSettings {
  const url = new URL(config.SMTP_URL ?? `smtp://127.0.0.1:${config.MAILBOX_SMTP_PORT}`);
  const secure = url.protocol === 'smtps:';
  const loopback = smtpIsLoopback(config);
  const settings: SessionSettings = {
    connection: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port) || (secure ? 465 : 587),
      secure,
      requireTLS: !secure && !loopback,
      name: new URL(config.PUBLIC_URL).hostname,
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
