import type { Instant } from '../database/now.js';

const earliest = Temporal.Instant.from('1990-01-01T00:00:00Z');
const zone = /(?:Z|(?![AP]M\b)\b[A-Z]{1,5}|[+-]\d{2}:?\d{2}|\([^)]*\))\s*$/i;
const dateOnly = /^\d{4}-\d{2}-\d{2}$/;

/**
 * When an item says it was published (RFC 822 or ISO 8601). Null when it does not say, says nonsense, or a time before
 * 1990, which is some system's zero. A time to come is now: a feed cannot keep an article on top by dating it tomorrow.
 */
export function publishedAt(written: string | null, now: Instant): Instant | null {
  const text = written?.trim().slice(0, 100) ?? '';
  if (text === '') return null;
  const ms = new Date(withZone(text)).getTime();
  if (Number.isNaN(ms)) return null;
  const instant = Temporal.Instant.fromEpochMilliseconds(ms);
  if (Temporal.Instant.compare(instant, earliest) < 0) return null;
  return notAfter(instant, now);
}

/** Without a zone `Date` would take this machine's, wherever it stands. */
function withZone(text: string): string {
  if (zone.test(text) || dateOnly.test(text)) return text;
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? `${text}Z` : `${text} UTC`;
}

export function notAfter(instant: Instant, now: Instant): Instant {
  return Temporal.Instant.compare(instant, now) > 0 ? now : instant;
}
