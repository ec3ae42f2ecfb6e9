import type { ReceivedLetter } from './mailbox.js';
import { flat } from './letters.js';
import type { Service } from './service.js';
import { until } from './until.js';

/** What a reader does with the box and the links of their letters. */
export class Reading {
  constructor(private readonly service: Service) {}

  post(path: string, fields: Record<string, string> = {}): Promise<Response> {
    return fetch(this.service.baseUrl + path, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** The link of the confirmation letter that has come since the links that are `known`. */
  async confirmLink(address: string, ...known: string[]): Promise<string> {
    const count = known.length + 1;
    const letters = await this.service.mailbox.waitForLetters(address, { subject: 'confirm', count });
    return letters.map(({ text }) => linkIn(text, 'confirm')).find((link) => !known.includes(link))!;
  }

  /** The letter to a subscriber that says this, once it has come. */
  letterThatSays(address: string, words: string): Promise<ReceivedLetter> {
    return until(`a letter to ${address} that says “${words}”`, 30_000, async () =>
      (await this.service.mailbox.letters(address)).find(
        ({ text }) => text.includes('/preferences/') && flat(text).includes(words),
      ),
    );
  }

  /** Signs up and confirms. @returns the reader's own links */
  async subscribe(address: string): Promise<{ preferences: string; unsubscribe: string }> {
    await this.post('/subscribe', { email: address });
    await this.post(await this.confirmLink(address));
    const { text } = await this.letterThatSays(address, 'confirmed it on');
    return { preferences: linkIn(text, 'preferences'), unsubscribe: linkIn(text, 'unsubscribe') };
  }
}

export const linkIn = (text: string, page: string): string => new RegExp(`/${page}/[\\w.-]+`).exec(text)![0];
