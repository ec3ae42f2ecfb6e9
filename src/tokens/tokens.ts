import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';

/** What a token is good for; one made for one purpose is nothing for another. */
export type Purpose =
  | 'confirm'
  | 'unsubscribe'
  | 'preferences'
  | 'address'
  | 'form'
  | 'proof'
  | 'desk'
  | 'data'
  | 'erase'
  | 'letter'
  | 'archive';

/**
 * Links in letters: `keyId.payload.mac`, mac = HMAC-SHA-256 over purpose, key id and payload, in base64url.
 * The key id lets a new SECRET sign while old ones still verify, so that no link in a letter is ever dead.
 */
@Injectable()
export class Tokens {
  private readonly keys: Map<string, string>;

  constructor(@Inject(CONFIG) config: Readonly<Config>) {
    this.keys = new Map(
      config.SECRET!.split(',').map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
    );
  }

  /** @param payload letters, digits, `_` and `-` only */
  sign(purpose: Purpose, payload: string): string {
    const keyId = this.keys.keys().next().value!;
    return `${keyId}.${payload}.${this.mac(purpose, keyId, payload)}`;
  }

  /** The payload, or null for anything that this service has not signed for this purpose. */
  read(purpose: Purpose, token: string): string | null {
    const [keyId, payload, mac, ...rest] = token.slice(0, 200).split('.');
    if (!keyId || !payload || !mac || rest.length > 0 || !this.keys.has(keyId)) return null;
    const expected = Buffer.from(this.mac(purpose, keyId, payload));
    const found = Buffer.from(mac);
    return found.length === expected.length && timingSafeEqual(found, expected) ? payload : null;
  }

  /** HMACs of a text that is not kept itself: one for each key, the first one's first. */
  digests(purpose: 'erased', text: string): string[] {
    return [...this.keys.keys()].map((keyId) => this.mac(purpose, keyId, text));
  }

  private mac(purpose: Purpose | 'erased', keyId: string, payload: string): string {
    return createHmac('sha256', this.keys.get(keyId)!).update(`${purpose}\n${keyId}\n${payload}`).digest('base64url');
  }
}
