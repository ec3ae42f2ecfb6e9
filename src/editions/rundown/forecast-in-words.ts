import { longDate, moment } from '../../locales/dates.js';
import { message, type Locale } from '../../locales/messages.js';
import type { ToCome } from './editions-of-issue.js';
import type { Forecast } from './forecast.js';

/** A forecast as an editor reads it. Reasons are in English, as they are written down with an edition. @param timeZone the list's */
export function forecastInWords(locale: Locale, timeZone: string, forecast: Forecast): string {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    message(locale, `desk.forecast.${key}`, values);
  switch (forecast.kind) {
    case 'archived':
      return say('archived');
    case 'nothing went out':
      return say('nothingWentOut');
    case 'no issue':
      return say('noIssue');
    case 'composed':
      return say('composed');
    case 'being composed':
      return say('beingComposed');
    case 'held': {
      const until = moment(locale, forecast.until.toTemporalInstant(), timeZone);
      return say('held', { count: forecast.count, reason: forecast.reason ?? '', until });
    }
    case 'late':
      return say('late', { at: at(locale, forecast.next) });
    case 'too few': {
      const { stories, least, before } = forecast;
      const values = { stories, least, at: at(locale, forecast.next) };
      const words = before
        ? say('tooFewBefore', { ...values, before: longDate(locale, before) })
        : say('tooFew', values);
      return `${words}${because(forecast.reason)}${more(locale, forecast.more)}`;
    }
    case 'sends': {
      const words = say('sends', { stories: forecast.stories, at: at(locale, forecast.next) });
      return `${words}${because(forecast.reason)}${more(locale, forecast.more)}`;
    }
    case 'holds':
    case 'skips': {
      const values = { at: at(locale, forecast.next), reason: forecast.reason };
      return `${say(forecast.kind, values)}${more(locale, forecast.more)}`;
    }
  }
}

/** By the clock of the readers that it is due for. */
const at = (locale: Locale, { dueAt, timeZone }: ToCome): string => moment(locale, dueAt.toTemporalInstant(), timeZone);

const because = (reason: string | null): string => (reason ? ` (${reason})` : '');

const more = (locale: Locale, count: number): string =>
  count > 0 ? ` ${message(locale, 'desk.forecast.more', { count })}` : '';
