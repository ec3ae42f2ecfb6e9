import { Readable, type Transform } from 'node:stream';
import type { LostWhen } from './smtp-outcome.js';

const crlf = Buffer.from('\r\n');

/**
 * The bytes of one letter as nodemailer's SMTP connection takes them.
 *
 * The connection pipes a letter only after the relay has said 354, so that is the moment to arm: no byte leaves before
 * `arm` has answered true. How far the bytes have come tells what a lost line means (tried with nodemailer 10.6:
 * `sendMail()` reports a hang-up before MAIL and one after the final dot alike).
 *
 * nodemailer pipes through a Transform of its own, which looks at each byte for line ends to mend and dots to double.
 * Our letters have CRLF throughout (`buildRaw`), so theirs go past that in one piece: to look at each byte was half of
 * what sending one cost (docs/decisions/0203).
 */
export class LetterBody extends Readable {
  private progress: 'unread' | 'armed' | 'ended' = 'unread';
  refused = false;

  /** @param onRefused called when `arm` says no or fails; must close the connection, for ending the stream would send the final dot */
  constructor(
    private readonly raw: Buffer,
    private readonly arm: () => Promise<boolean>,
    private readonly onRefused: (error?: unknown) => void,
  ) {
    super();
  }

  /** What a line that is lost now would mean. */
  get lostWhen(): LostWhen {
    if (this.progress === 'unread') return 'before the letter';
    return this.progress === 'armed' ? 'in the letter' : 'after the final dot';
  }

  override pipe<T extends NodeJS.WritableStream>(destination: T): T {
    this.arm().then(
      (armed) => (armed ? this.pour(destination as unknown as Transform) : this.refuse()),
      (error: unknown) => this.refuse(error),
    );
    return destination;
  }

  override _read(): void {
    // the bytes go to where they are piped
  }

  private pour(destination: Transform): void {
    if (this.destroyed) return;
    this.progress = 'armed';
    destination.once('end', () => (this.progress = 'ended')); // the socket has it all
    destination.push(withoutLastLineEnd(stuffDots(this.raw)));
    destination.end(); // which writes CRLF, the final dot, CRLF
  }

  private refuse(error?: unknown): void {
    this.refused = true;
    this.destroy();
    this.onRefused(error);
  }
}

/** A line that begins with a dot gets another one (RFC 5321 §4.5.2). */
const stuffDots = (raw: Buffer): Buffer =>
  raw.includes('\r\n.') ? Buffer.from(raw.toString('latin1').replaceAll('\r\n.', '\r\n..'), 'latin1') : raw;

const withoutLastLineEnd = (raw: Buffer): Buffer =>
  raw.subarray(-crlf.length).equals(crlf) ? raw.subarray(0, -crlf.length) : raw;
