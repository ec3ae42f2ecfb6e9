import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import { alsoReported } from '../locales/also-reported.js';
import { clockTime, longDate, weekdayWords } from '../locales/dates.js';
import { cityName, intlTag, message, namedZones, sectionName, type Locale } from '../locales/messages.js';
import { assetUrl } from './assets.js';

/** What every template can read, partials too. */
export interface Surroundings {
  locale: Locale;
  /** Appended to our own links while a reader has chosen a language in the address: '' or `?lang=ar`. */
  langQuery: string;
}

/** The engine of all pages. Everything is escaped unless a template says `raw`. */
export function createLiquid(): Liquid {
  const views = fileURLToPath(new URL('./views/', import.meta.url));
  const liquid = new Liquid({
    root: views,
    extname: '.liquid',
    cache: true,
    jsTruthy: true,
    strictFilters: true,
    outputEscape: 'escape',
  });
  liquid.registerFilter('t', function (key: string, ...values: [string, string | number][]) {
    return message(surroundings(this).locale, key, Object.fromEntries(values));
  });
  liquid.registerFilter('language_name', (of: Locale) => message(of, 'language.name'));
  liquid.registerFilter('section', function (section: string) {
    return sectionName(surroundings(this).locale, section);
  });
  liquid.registerFilter('city', function (timeZone: string) {
    return cityName(surroundings(this).locale, timeZone);
  });
  liquid.registerFilter('zones', function (timeZone: string) {
    return namedZones(surroundings(this).locale, timeZone);
  });
  liquid.registerFilter('weekdays', function (weekdays: number[]) {
    return weekdayWords(surroundings(this).locale, weekdays);
  });
  liquid.registerFilter('weekday', function (day: number) {
    return weekdayWords(surroundings(this).locale, [day]);
  });
  liquid.registerFilter('clock', function (time: string) {
    return clockTime(surroundings(this).locale, time);
  });
  liquid.registerFilter('also_reported', function (publishers: string[]) {
    return alsoReported(surroundings(this).locale, publishers);
  });
  liquid.registerFilter('long_date', function (localDate: string) {
    return longDate(surroundings(this).locale, localDate);
  });
  liquid.registerFilter('month', function (localDate: string) {
    return monthWords(surroundings(this).locale, localDate);
  });
  liquid.registerFilter('here', function (path: string) {
    return path.replace(/(?<=.)\/$/, '') + surroundings(this).langQuery; // a list's own home has no slash at its end
  });
  liquid.registerFilter('asset', assetUrl);
  return liquid;
}

function surroundings(filter: { context: { globals: object } }): Surroundings {
  return filter.context.globals as Surroundings;
}

/** "November 2026" */
function monthWords(locale: Locale, localDate: string): string {
  const [year, month] = localDate.split('-').map(Number);
  const words = new Intl.DateTimeFormat(intlTag(locale), { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return words.format(Date.UTC(year!, month! - 1, 15));
}
