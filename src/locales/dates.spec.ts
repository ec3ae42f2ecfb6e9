import { describe, expect, it } from '@jest/globals';
import { clockTime, longDate, moment } from './dates.js';
import { locales } from './messages.js';

describe('dates', () => {
  it('write a day in the words of each language', () => {
    expect(locales.map((locale) => longDate(locale, '2026-11-24'))).toEqual([
      'Tuesday 24 November 2026',
      'mardi 24 novembre 2026',
      'martes, 24 de noviembre de 2026',
      'الثلاثاء، 24 نوفمبر 2026',
    ]);
  });

  it('write a clock time with the same digits everywhere', () => {
    expect(locales.map((locale) => clockTime(locale, '07:00:00'))).toEqual(['07:00', '07:00', '07:00', '07:00']);
    expect(clockTime('en', '00:05')).toBe('00:05');
  });

  it('say when something happens by the clock of the reader', () => {
    const instant = Temporal.Instant.from('2026-11-24T06:00:00Z');
    expect(locales.map((locale) => moment(locale, instant, 'Europe/Paris'))).toEqual([
      'Tuesday 24 November, 07:00 in Paris',
      'mardi 24 novembre à 07:00 (Paris)',
      'martes, 24 de noviembre, 07:00 (París)',
      'الثلاثاء، 24 نوفمبر، الساعة 07:00 (باريس)',
    ]);
  });

  it('take the date from the zone, not from UTC, and name zones we have no word for', () => {
    const instant = Temporal.Instant.from('2026-11-24T23:30:00Z');
    expect(moment('en', instant, 'Asia/Tokyo')).toBe('Wednesday 25 November, 08:30 in Tokyo');
    expect(moment('en', instant, 'America/Port_of_Spain')).toBe('Tuesday 24 November, 19:30 in Port of Spain');
  });
});
