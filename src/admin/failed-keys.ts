import { Injectable } from '@nestjs/common';
import { Limits, type LimitOf } from '../limits/limits.js';

const wrongKeys: LimitOf = { name: 'wrong-key', most: 20, seconds: 60 };
const keysKept = 1_000;

export type Looked<T> = { kind: 'found'; key: T } | { kind: 'unknown' } | { kind: 'too many'; seconds: number };

/**
 * Slows the guessing of keys: 20 wrong ones a minute from each network, on all instances together. A try counts before
 * it is checked, so that of 300 in parallel 20 are looked at; a right one is given back.
 *
 * A key that has passed before on this instance is checked in any case and costs no count, or a stranger behind the same
 * proxy could lock an admin out. Parallel first requests with one key count once.
 */
@Injectable()
export class FailedKeys {
  private readonly passed = new Set<string>();
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(private readonly limits: Limits) {}

  /** @param digest of the key's text @param check finds the key, or undefined */
  async look<T>(network: string, digest: Buffer, check: () => Promise<T | undefined>): Promise<Looked<T>> {
    const name = digest.toString('base64');
    const earlier = this.underWay.get(name);
    if (earlier) await earlier;
    if (this.passed.has(name)) {
      const key = await check();
      if (key) return { kind: 'found', key };
      this.passed.delete(name); // revoked: from now on it counts
    }
    const first = this.count(network, name, check);
    this.underWay.set(
      name,
      first.catch(() => undefined),
    );
    try {
      return await first;
    } finally {
      this.underWay.delete(name);
    }
  }

  private async count<T>(network: string, name: string, check: () => Promise<T | undefined>): Promise<Looked<T>> {
    const seconds = await this.limits.take(wrongKeys, network);
    if (seconds > 0) return { kind: 'too many', seconds };
    const key = await check();
    if (!key) return { kind: 'unknown' };
    await this.limits.giveBack(wrongKeys, network);
    if (this.passed.size >= keysKept) this.passed.clear();
    this.passed.add(name);
    return { kind: 'found', key };
  }
}
