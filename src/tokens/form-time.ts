import { Injectable } from '@nestjs/common';
import { Tokens } from './tokens.js';

const hourMs = 3_600_000;
const goodForHours = 24;

/**
 * The signed hour in our own sign-up forms. A post that brings it comes from a page that we served within the last day;
 * one without it comes from a copied form, or from a script. By the hour, so that pages stay cacheable; by this
 * machine's clock, for it says nothing about readers or editions.
 */
@Injectable()
export class FormTime {
  private last: { hour: number; stamp: string } | undefined;

  constructor(private readonly tokens: Tokens) {}

  stamp(): string {
    const hour = this.hour();
    if (this.last?.hour !== hour) this.last = { hour, stamp: this.tokens.sign('form', String(hour)) };
    return this.last.stamp;
  }

  isOurs(stamp: string): boolean {
    const hour = Number(this.tokens.read('form', stamp) ?? NaN);
    return hour <= this.hour() && hour >= this.hour() - goodForHours;
  }

  private hour(): number {
    return Math.floor(Date.now() / hourMs);
  }
}
