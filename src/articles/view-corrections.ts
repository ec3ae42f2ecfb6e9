import { moment } from '../locales/dates.js';
import type { Locale } from '../locales/messages.js';
import type { ViewCorrection } from '../pages/view-parts.js';
import type { Correction } from './read-corrections.js';

/** Corrections as pages tell them. */
export const viewCorrections = (corrections: Correction[], locale: Locale, timeZone: string): ViewCorrection[] =>
  corrections.map(({ text, was, madeAt }) => ({
    text,
    was: was.title,
    at: moment(locale, madeAt.toTemporalInstant(), timeZone),
  }));
