import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { LetterBody } from './letter-body.js';
import { readReply, type ReplyPhase, type SmtpOutcome } from './smtp-outcome.js';

/** One letter and whom it goes to. Both addresses are normalised; the sender may be empty (RFC 5321 §4.5.5). */
export interface Envelope {
  from: string;
  to: string;
}

export interface SessionSettings {
  connection: SMTPConnectionOptions;
  auth?: { user: string; pass: string };
}

interface SmtpError extends Error {
  response?: string;
  responseCode?: number;
  command?: string;
  code?: string;
}

const phases: Record<string, ReplyPhase> = { 'MAIL FROM': 'sender', 'RCPT TO': 'recipient', DATA: 'data' };

/** One kept-open connection to the relay, for one letter at a time. */
export class SmtpSession {
  private closed = false;

  private constructor(private readonly connection: SMTPConnection) {
    connection.on('error', () => (this.closed = true));
    connection.on('end', () => (this.closed = true));
  }

  /** Connects, upgrades to TLS where asked, and authenticates. Rejects with the relay's own words. */
  static async open(settings: SessionSettings): Promise<SmtpSession> {
    const connection = new SMTPConnection(settings.connection);
    const session = new SmtpSession(connection);
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    if (settings.auth) await session.logIn(settings.auth);
    return session;
  }

  get usable(): boolean {
    return !this.closed;
  }

  /**
   * Hands over one letter. `arm` is asked once the relay has said 354; only if it answers true does a byte leave.
   * Never rejects: every end is an outcome.
   */
  async send(envelope: Envelope, raw: Buffer, arm: () => Promise<boolean>): Promise<SmtpOutcome> {
    if (!this.canWrite(envelope))
      return readReply('recipient', '553 5.6.7 The relay does not offer SMTPUTF8 for this address');
    return new Promise((resolve) => {
      const body = new LetterBody(raw, arm, (error) => {
        this.close();
        resolve(
          error
            ? {
                kind: 'lost',
                when: 'before the letter',
                detail: error instanceof Error ? error.message : 'the arm failed',
              }
            : { kind: 'not armed' },
        );
      });
      const size = raw.length;
      this.connection.send({ from: envelope.from, to: [envelope.to], size }, body, (error, info) => {
        if (body.refused) return;
        resolve(error ? this.readFailure(error, body) : readReply('letter', info?.response ?? ''));
      });
    });
  }

  /** Ends politely. */
  quit(): void {
    if (!this.closed) this.connection.quit();
    this.closed = true;
  }

  close(): void {
    this.closed = true;
    this.connection.close();
  }

  private logIn(auth: { user: string; pass: string }): Promise<void> {
    return new Promise((resolve, reject) => {
      // nodemailer forgets the callback when the line is lost meanwhile (tried).
      this.connection.once('error', reject);
      this.connection.once('end', () => reject(new Error('the line was lost during AUTH')));
      this.connection.login({ credentials: auth }, (error) => {
        if (!error) return resolve();
        reject(error); // first: to close emits 'end', and the reason would be lost
        this.close();
      });
    });
  }

  /** nodemailer sends a non-ASCII local part raw even where SMTPUTF8 is not offered (tried): look first (RFC 6531 §3.4). */
  private canWrite(envelope: Envelope): boolean {
    const { _supportedExtensions: offered = [] } = this.connection as unknown as { _supportedExtensions?: string[] };
    return offered.includes('SMTPUTF8') || !/[^\x20-\x7e]/.test(envelope.from + envelope.to);
  }

  private readFailure(error: SmtpError, body: LetterBody): SmtpOutcome {
    const { lostWhen } = body;
    body.destroy();
    this.close(); // after a refusal the session's state is unsure (421, pipelined DATA): the next letter gets a fresh one
    if (error.code === 'EMESSAGE' && !error.response) return readReply('letter', `552 5.3.4 ${error.message}`);
    if (!error.responseCode || !error.response) return { kind: 'lost', when: lostWhen, detail: error.message };
    const phase = lostWhen === 'before the letter' ? (phases[error.command ?? ''] ?? 'sender') : 'letter';
    return readReply(phase, error.response);
  }
}
