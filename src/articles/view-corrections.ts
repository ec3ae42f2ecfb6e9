import { moment } from '../locales/dates.js';
import type { Locale } from '../locales/messages.js';
import type { ViewCorrection } from '../pages/view-parts.js';
import type { Correction } from './read-corrections.js';

/** Corrections as pages tell them. */
export const viewCorrections = (corrections: Correction[], locale: Locale, timeZone: string): ViewCorrection[] =>
  corrections.map((correction) => ({
    text: correction.text,
    lines: linesOf(correction),
    at: moment(locale, correction.madeAt.toTemporalInstant(), timeZone),
  }));

/** The headline and what stands under it, where they read otherwise now; of what was taken back the headline. */
function linesOf({ was, now }: Correction): ViewCorrection['lines'] {
  if (!now) return [{ was: was.title, now: null }];
  const changed = (['title', 'standfirst'] as const).filter((line) => was[line] !== now[line]);
  return changed.map((line) => ({ was: was[line], now: now[line] }));
}
