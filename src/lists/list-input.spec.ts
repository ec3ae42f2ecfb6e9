import { describe, expect, it } from '@jest/globals';
import { listChange } from './list-input.js';

const faultOf = (change: object) => listChange.safeParse(change).error?.issues[0];

describe('a list as it comes in', () => {
  it('spells zones as the IANA database does, and keeps each section and weekday once', () =>
    expect(
      listChange.parse({ timeZone: 'america/new_york', sections: [' World', 'World', 'Europe'], weekdays: [5, 1, 5] }),
    ).toEqual({ timeZone: 'America/New_York', sections: ['World', 'Europe'], weekdays: [1, 5] }));

  it.each(['+01:00', 'Mars/Olympus', '', 'x'.repeat(65)])('refuses the zone %j', (timeZone) =>
    expect(faultOf({ timeZone })).toMatchObject({
      path: ['timeZone'],
      message: expect.stringContaining('Europe/Paris'),
    }),
  );

  it('takes a postal address of several lines, and no control characters in it', () => {
    expect(listChange.parse({ postalAddress: 'News House\r\n1 Long Lane' })).toEqual({
      postalAddress: 'News House\n1 Long Lane',
    });
    expect(faultOf({ postalAddress: 'News\u0007House' })?.message).toContain('control characters');
    expect(faultOf({ name: 'Brief\u202e' })?.message).toContain('control characters');
  });
});
