import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';

/** VERP: the return path of each letter names its delivery, so that what comes back can be told apart and a forged bounce cannot. */
@Injectable()
export class ReturnPaths {
  private readonly key: string;

  constructor(@Inject(CONFIG) private readonly config: Readonly<Config>) {
    this.key = config.SECRET!.split(',')[0]!.split(':')[1]!;
  }

  /** `b+ID-MAC@BOUNCE_DOMAIN`, lower case throughout, for relays may fold it; null where nobody would read what comes back. */
  of(deliveryId: string): string | null {
    if (!this.config.BOUNCE_DOMAIN) return null;
    const mac = createHmac('sha256', this.key).update(`return path\n${deliveryId}`).digest('hex').slice(0, 32);
    return `b+${deliveryId}-${mac}@${this.config.BOUNCE_DOMAIN}`;
  }
}
