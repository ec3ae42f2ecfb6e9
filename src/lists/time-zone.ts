import { z } from 'zod';
import { todaysName } from './zone-names.js';

/** By every spelling that was asked for; to make a DateTimeFormat takes 30–100 µs. There are some hundreds, and few spell them differently. */
const zones = new Map<string, string>();

/**
 * A zone of the IANA database in its own spelling and under its name of today (`europe/paris` is `Europe/Paris`, `Europe/Kiev` is `Europe/Kyiv`), or null. Offsets such as +01:00,
 * which Temporal would take, know no summer time.
 */
export function findTimeZone(name: string): string | null {
  const known = zones.get(name);
  if (known) return known;
  const zone = askForZone(name);
  if (zone) zones.set(name, zone);
  return zone;
}

function askForZone(name: string): string | null {
  if (!/^[A-Za-z]/.test(name) || name.length > 64) return null;
  try {
    return todaysName(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return null;
  }
}

/** A zone in a body of the API. */
export const timeZone = z
  .string()
  .transform((name, context) => {
    const zone = findTimeZone(name);
    if (zone) return zone;
    context.addIssue({ code: 'custom', message: 'not a time zone; send an IANA name such as Europe/Paris' });
    return z.NEVER;
  })
  .describe('IANA time zone, such as Europe/Paris');
