import { expect, it } from '@jest/globals';
import { pauseEnd, pauseEndDate } from './pause-end.js';

it.each([
  ['2026-03-25', 'America/New_York', '2026-03-25'],
  ['2026-03-25T00:00:00+01:00', 'Europe/Paris', '2026-03-25'],
  ['2026-03-25T00:00:00+01:00', 'America/New_York', '2026-03-25'], // 19:00 of the 24th there
  ['2026-03-29T00:00:00+01:00', 'Europe/Paris', '2026-03-29'], // a day of 23 hours
  ['2026-03-25T08:00:00+01:00', 'Europe/Paris', '2026-03-26'],
])('a pause until %s ends in %s on %s', (end, zone, date) =>
  expect(pauseEndDate(pauseEnd.parse(end), zone)).toBe(date),
);
