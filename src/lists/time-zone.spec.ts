import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { findTimeZone } from './time-zone.js';

const english = JSON.parse(readFileSync('src/locales/en.json', 'utf8')) as Record<string, string>;
const offered = Object.keys(english).flatMap((key) => (key.startsWith('city.') ? [key.slice('city.'.length)] : []));
const canonical = (name: string) => new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;

describe('the name of a zone', () => {
  it('stays as it was chosen, for every zone that the pages offer', () => {
    expect(offered.length).toBeGreaterThan(40);
    expect(offered.map(findTimeZone)).toEqual(offered);
  });

  it.each([
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['America/Nuuk', 'America/Nuuk'],
    ['asia/katmandu', 'Asia/Kathmandu'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Europe/Amsterdam', 'Europe/Amsterdam'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['Mars/Olympus', null],
    ['+01:00', null],
  ])('%s is called %s today', (name, expected) => expect(findTimeZone(name)).toBe(expected));

  it('is that of the same zone, for every zone that there is, and stays when it is read again', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const found = findTimeZone(zone)!;
      expect([zone, canonical(found), findTimeZone(found)]).toEqual([zone, zone, found]);
    }
  });
});
