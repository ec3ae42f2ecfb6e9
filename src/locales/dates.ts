import { cityName, intlTag, message, type Locale } from './messages.js';

const formats = new Map<string, Intl.DateTimeFormat>();

/** "Tuesday 24 November 2026", in the reader's own words.
 *  @param localDate YYYY-MM-DD */
export function longDate(locale: Locale, localDate: string): string {
  const date = Temporal.PlainDate.from(localDate);
  return message(locale, 'date.long', { day: dayOf(locale, date), year: String(date.year) });
}

/** A clock time as it is written in running text, "07:00" in all four languages.
 *  @param time HH:MM, or HH:MM:SS as Postgres gives it */
export function clockTime(locale: Locale, time: string): string {
  const { hour, minute } = Temporal.PlainTime.from(time);
  return format(
    locale,
    { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    new Date(Date.UTC(2000, 0, 1, hour, minute)),
  );
}

/** "Tuesday 24 November, 07:00 in Paris": when something happens, by the reader's clock.
 *  @param timeZone an IANA zone */
export function moment(locale: Locale, instant: Temporal.Instant, timeZone: string): string {
  const local = instant.toZonedDateTimeISO(timeZone);
  return message(locale, 'date.moment', {
    date: dayOf(locale, local.toPlainDate()),
    time: clockTime(locale, local.toPlainTime().toString()),
    city: cityName(locale, timeZone),
  });
}

/** "every day", "Monday to Friday", or the days by name.
 *  @param weekdays ISO, 1 Monday … 7 Sunday, ascending */
export function weekdayWords(locale: Locale, weekdays: number[]): string {
  if (weekdays.length === 7) return message(locale, 'date.everyDay');
  if (weekdays.join() === '1,2,3,4,5') return message(locale, 'date.mondayToFriday');
  // 5 January 1970 was a Monday.
  const names = weekdays.map((day) => format(locale, { weekday: 'long' }, new Date(Date.UTC(1970, 0, 4 + day))));
  return new Intl.ListFormat(intlTag(locale)).format(names);
}

/** "Tuesday 24 November" */
function dayOf(locale: Locale, date: Temporal.PlainDate): string {
  const midnight = new Date(date.toZonedDateTime('UTC').epochMilliseconds);
  return format(locale, { weekday: 'long', day: 'numeric', month: 'long' }, midnight);
}

/** An `Intl.DateTimeFormat` takes 30–100 µs to make, so each is made once a process. */
function format(locale: Locale, options: Intl.DateTimeFormatOptions, date: Date): string {
  const id = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(id) ?? new Intl.DateTimeFormat(intlTag(locale), { ...options, timeZone: 'UTC' });
  formats.set(id, known);
  return known.format(date);
}
