import type { Origin } from '../letters/why-line.js';
import { localDateOf } from '../lists/due-instant.js';

/** What is kept of how a reader came to subscribe. No consent: they confirmed themselves. */
export interface OriginRow {
  confirmedAt: Date | null;
  consentAt: Date | null;
  consentSource: string | null;
}

/** SQL: the columns of an `OriginRow`, of subscription `s`. */
export const originColumns = `s.confirmed_at as "confirmedAt", s.consent_at as "consentAt", s.consent_source as "consentSource"`;

/** Null for a reader who has not come in yet. @param timeZone in which the day is told */
export function originOf({ confirmedAt, consentAt, consentSource }: OriginRow, timeZone: string): Origin | null {
  if (!confirmedAt) return null;
  const on = localDateOf((consentAt ?? confirmedAt).toTemporalInstant(), timeZone);
  return consentSource === null ? { kind: 'confirmed', on } : { kind: 'attested', on, source: consentSource };
}
