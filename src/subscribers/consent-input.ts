import { z } from 'zod';
import { instant, line } from '../api/field.js';
import { unprocessable } from '../api/problem.js';
import type { Instant } from '../database/now.js';

/** Consent as an admin states it: the same for every way in. */
export const consentInput = z
  .strictObject({
    source: line(500).min(3).describe('where consent was given, in words'),
    at: instant.describe('when consent was given, an instant of ISO 8601 with its offset; not in the future'),
  })
  .describe('your attestation of where and when these readers gave consent');

/** An admin's word that readers gave their consent: where, when, and who says so. */
export interface Attestation {
  source: string;
  at: Instant;
  keyId: string;
  /** Never before `at`. */
  statedAt: Instant;
}

/** @throws {Problem} 422 for a consent in the future, which would overrule everybody who has left */
export function attestationOf({ source, at }: z.output<typeof consentInput>, keyId: string, now: Instant): Attestation {
  if (Temporal.Instant.compare(at, now) > 0)
    throw unprocessable([{ path: 'consent.at', detail: 'lies in the future', fix: 'Send when consent was given.' }]);
  return { source, at, keyId, statedAt: now };
}
