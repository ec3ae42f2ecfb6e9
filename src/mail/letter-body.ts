import { Readable } from 'node:stream';
import type { LostWhen } from './smtp-outcome.js';

/** A letter of an edition in one piece: each piece costs a system call. */
const chunkBytes = 65_536;

/**
 * The bytes of one letter as nodemailer's SMTP connection reads them.
 *
 * The connection asks for the first byte only after the relay has said 354, so the first read is the moment to
 * arm: no byte leaves before `arm` has answered true. How far the reading has come tells what a lost line means
 * (tried with nodemailer 10.6: `sendMail()` reports a hang-up before MAIL and one after the final dot alike).
 */
export class LetterBody extends Readable {
  private offset = 0;
  private progress: 'unread' | 'armed' | 'ended' = 'unread';
  refused = false;

  /** @param onRefused called when `arm` says no or fails; must close the connection, for ending the stream would send the final dot */
  constructor(
    private readonly raw: Buffer,
    private readonly arm: () => Promise<boolean>,
    private readonly onRefused: (error?: unknown) => void,
  ) {
    super({ highWaterMark: chunkBytes });
  }

  /** What a line that is lost now would mean. */
  get lostWhen(): LostWhen {
    if (this.progress === 'unread') return 'before the letter';
    return this.progress === 'armed' ? 'in the letter' : 'after the final dot';
  }

  override _read(): void {
    if (this.progress !== 'unread') return this.pushNext();
    this.arm().then(
      (armed) => {
        if (!armed) return this.refuse();
        this.progress = 'armed';
        this.pushNext();
      },
      (error: unknown) => this.refuse(error),
    );
  }

  private pushNext(): void {
    if (this.offset < this.raw.length) {
      const chunk = this.raw.subarray(this.offset, this.offset + chunkBytes);
      this.offset += chunk.length;
      this.push(chunk);
      return;
    }
    this.progress = 'ended';
    this.push(null);
  }

  private refuse(error?: unknown): void {
    this.refused = true;
    this.destroy();
    this.onRefused(error);
  }
}
