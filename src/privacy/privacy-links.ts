import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { Tokens } from '../tokens/tokens.js';

/** How long a link to somebody's data, or to erasing it, is good for. */
export const hoursGood = 24;

/** The two links of the letter that a reader asks for. Each has a purpose of its own, and an end. */
@Injectable()
export class PrivacyLinks {
  constructor(
    private readonly tokens: Tokens,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  data(subscriberId: string, now: Instant): string {
    return `${this.config.PUBLIC_URL}/my-data/${this.tokens.sign('data', payload(subscriberId, now))}`;
  }

  erase(subscriberId: string, now: Instant): string {
    return `${this.config.PUBLIC_URL}/erase/${this.tokens.sign('erase', payload(subscriberId, now))}`;
  }

  /** The subscriber's id; null for a link that is not ours, was made for something else, or has ended. */
  read(purpose: 'data' | 'erase', token: string, now: Instant): string | null {
    const [id, seconds] = this.tokens.read(purpose, token)?.split('-') ?? [];
    if (!id || !seconds) return null;
    return now.epochMilliseconds / 1000 - parseInt(seconds, 36) <= hoursGood * 3600 ? id : null;
  }
}

const payload = (subscriberId: string, now: Instant): string =>
  `${subscriberId}-${Math.floor(now.epochMilliseconds / 1000).toString(36)}`;
