import PostalMime, { type Email } from 'postal-mime';
import { lintLetter } from './lint-letter.js';
import { until } from './until.js';

/** A letter as the mail server got it. `headers` are by lower-case name, unfolded. */
export interface ReceivedLetter {
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  mail: Email;
  /** the bytes, CRLF as received */
  source: string;
}

/** Every letter that a test reads is held to the rules, whatever kind it is. Reads the built-in mailbox through its HTTP interface (maildev 3: /api/email, /api/email/:id/source). */
export class Mailbox {
  constructor(readonly url: string) {}

  /** All letters for one envelope recipient, oldest first. */
  async letters(to: string): Promise<ReceivedLetter[]> {
    const entries = await this.get<Entry[]>('/api/email');
    const mine = entries.filter((entry) => entry.envelope.to.some(({ address }) => address === to));
    mine.sort((a, b) => a.time.localeCompare(b.time));
    return Promise.all(mine.map((entry) => this.read(entry.id, to)));
  }

  /** The letters that match, once there are at least `count` of them (1); fails after `timeoutMs` (15 s). */
  async waitForLetters(to: string, wanted: { subject?: string | RegExp; count?: number; timeoutMs?: number } = {}) {
    const { subject = '', count = 1, timeoutMs = 15_000 } = wanted;
    const matches = (letter: ReceivedLetter) =>
      typeof subject === 'string' ? letter.subject.includes(subject) : subject.test(letter.subject);
    return until(`${count} letter(s) for ${to} with the subject “${subject}”`, timeoutMs, async () => {
      const found = (await this.letters(to)).filter(matches);
      return found.length >= count ? found : undefined;
    });
  }

  /** The newest letter that matches, as soon as there is one. */
  async waitForLetter(
    to: string,
    wanted: { subject?: string | RegExp; timeoutMs?: number } = {},
  ): Promise<ReceivedLetter> {
    return (await this.waitForLetters(to, wanted)).at(-1)!;
  }

  private async read(id: string, to: string): Promise<ReceivedLetter> {
    const response = await fetch(`${this.url}/api/email/${id}/source`);
    const source = await response.text();
    const faults = lintLetter(Buffer.from(source));
    if (faults.length > 0) throw new Error(`The letter “${id}” breaks the rules: ${faults.join('; ')}\n${source}`);
    const mail = await PostalMime.parse(source);
    const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
    return { id, to, subject: mail.subject ?? '', html: mail.html ?? '', text: mail.text ?? '', headers, mail, source };
  }

  private async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`The mailbox answered ${response.status} to ${path}`);
    return (await response.json()) as T;
  }
}

interface Entry {
  id: string;
  time: string;
  envelope: { to: { address: string }[] };
}
