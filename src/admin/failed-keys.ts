import { Injectable } from '@nestjs/common';

const failuresAllowed = 20;
const periodMs = 60_000;
const networksKept = 10_000;
const keysKept = 1_000;

/**
 * Slows the guessing of keys: 20 failures a minute for each network. A key that has passed before on this instance
 * is let through to the database in any case, or a stranger behind the same proxy could lock an admin out.
 *
 * Counted in this process only: n instances allow n times as many. That is enough against guessing (our keys have
 * 256 random bits, an ADMIN_API_KEY at least 24 characters) and costs no write for each wrong key.
 */
@Injectable()
export class FailedKeys {
  private readonly failures = new Map<string, { count: number; endsMs: number }>();
  private readonly passed = new Set<string>();

  /** Seconds to wait, or 0. */
  pause(network: string, digest: Buffer, nowMs = performance.now()): number {
    const found = this.failures.get(network);
    if (!found || found.count < failuresAllowed || found.endsMs <= nowMs) return 0;
    return this.passed.has(digest.toString('base64')) ? 0 : Math.ceil((found.endsMs - nowMs) / 1000);
  }

  fail(network: string, nowMs = performance.now()): void {
    const found = this.failures.get(network);
    if (found && found.endsMs > nowMs) return void (found.count += 1);
    if (this.failures.size >= networksKept) this.failures.clear();
    this.failures.set(network, { count: 1, endsMs: nowMs + periodMs });
  }

  pass(digest: Buffer): void {
    if (this.passed.size >= keysKept) this.passed.clear();
    this.passed.add(digest.toString('base64'));
  }
}
