import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { confirmPayload } from './confirm.js';
import { Tokens } from '../tokens/tokens.js';

/** The links of letters. All are built from PUBLIC_URL, never from a request's Host. */
@Injectable()
export class Links {
  constructor(
    private readonly tokens: Tokens,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  home(): string {
    return `${this.config.PUBLIC_URL}/`;
  }

  confirm(subscriptionId: string, requestedAt: Date): string {
    return this.url('confirm', this.tokens.sign('confirm', confirmPayload(subscriptionId, requestedAt)));
  }

  /** Does not expire, and is the RFC 8058 one-click address too. */
  unsubscribe(subscriptionId: string): string {
    return this.url('unsubscribe', this.tokens.sign('unsubscribe', subscriptionId));
  }

  preferences(subscriberId: string): string {
    return this.url('preferences', this.tokens.sign('preferences', subscriberId));
  }

  /** For the owner of a new address. */
  addressChange(changeId: string): string {
    return this.url('address', this.tokens.sign('address', changeId));
  }

  /** The web copy of a letter, for whoever has the link: it names no reader. */
  letter(variantId: string): string {
    return this.url('letters', this.tokens.sign('letter', variantId));
  }

  /** A reader's own archive. */
  archive(subscriberId: string): string {
    return this.url('my', this.tokens.sign('archive', subscriberId));
  }

  private url(path: string, token: string): string {
    return `${this.config.PUBLIC_URL}/${path}/${token}`;
  }
}
