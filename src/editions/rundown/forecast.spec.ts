import { describe, expect, it } from '@jest/globals';
import { moment } from '../../locales/dates.js';
import type { Opened } from './editions-of-issue.js';
import { forecastOf, type AtHand } from './forecast.js';
import { forecastInWords } from './forecast-in-words.js';
import type { Course } from './rundown-in-force.js';
import { noRundown } from './rundown.js';

const list = { archivedAt: null, freshForSeconds: 4 * 3600, minStories: 3, timeZone: 'Europe/Paris' };
const now = Temporal.Instant.from('2026-12-01T05:00:00Z');
const next = { dueAt: new Date('2026-12-01T06:00:00Z'), timeZone: 'Europe/Paris' };
const later = { dueAt: new Date('2026-12-01T12:00:00Z'), timeZone: 'America/New_York' };
const compose: Course = { kind: 'compose', rundown: noRundown, reason: null };
const edition = (state: Opened['state'], reason: string | null = null): Opened => ({
  ...{ id: '1', state, reason, dueAt: next.dueAt, rundownVersion: 0 },
});

const foresee = (change: Partial<AtHand>, rules: Partial<typeof list> = {}, at = now) =>
  forecastOf(
    { ...list, ...rules },
    {
      ...{ date: '2026-12-01', toCome: [next, later], editions: [], course: compose, stories: 5, before: null },
      ...change,
    },
    at,
  );
const words = (...of: Parameters<typeof foresee>) => forecastInWords('en', list.timeZone, foresee(...of));

describe('the forecast of an issue', () => {
  it('says when it goes out by the clock of those it is due for, with how many stories, and what follows', () => {
    expect(words({})).toBe(
      'Tuesday 1 December, 07:00 in Paris: this issue goes out. As things stand now it has 5 stories. One more send time follows, for other hours and time zones.',
    );
    expect(words({ toCome: [later] })).toContain('07:00 in New York: this issue goes out.');
  });

  it('says that it is skipped for too few stories, and where those at hand go', () => {
    expect(foresee({ stories: 3 }).kind).toBe('sends');
    expect(words({ stories: 2 })).toContain(
      'nothing goes out, because there are only 2 new stories and this list needs 3',
    );
    expect(words({ stories: 0 })).toContain('there is no new story and this list needs 3');
    expect(words({ stories: 0, before: '2026-11-30' })).toContain('goes out on Monday 30 November 2026 first');
  });

  it('names the reason that holds or skips it, before it counts stories', () => {
    const hold: Course = { kind: 'hold', reason: 'held by Anna' };
    expect(words({ course: hold, stories: 0 })).toContain('nothing goes out until somebody lets it (held by Anna)');
    const skip: Course = { kind: 'skip', reason: 'nobody approved it' };
    expect(words({ course: skip })).toContain('this issue is skipped (nobody approved it)');
    const unapproved: Course = { ...compose, reason: 'nobody approved it: sent as composed' };
    expect(words({ course: unapproved })).toContain('(nobody approved it: sent as composed)');
    expect(words({ course: unapproved, stories: 0 })).toContain('(nobody approved it: sent as composed)');
  });

  it('says until when an edition is held', () => {
    const until = moment('en', Temporal.Instant.from('2026-12-01T10:00:00Z'), list.timeZone);
    expect(words({ toCome: [later], editions: [edition('held', 'held by Anna')] })).toBe(
      `One edition is held (held by Anna). Nothing goes out until somebody lets it. After ${until} it is skipped as too late.`,
    );
  });

  it('is late once freshFor is over, for that hour alone', () => {
    const at = Temporal.Instant.from('2026-12-01T10:00:01Z');
    expect(foresee({}, {}, at)).toMatchObject({ kind: 'sends', next: later, more: 0 });
    expect(foresee({ toCome: [next] }, {}, at).kind).toBe('late');
    expect(foresee({ toCome: [next] }, {}, at.subtract({ seconds: 1 })).kind).toBe('sends');
  });

  it('says what is over, what no schedule has, and what is archived', () => {
    const none = { toCome: [] };
    expect(foresee({ ...none, editions: [edition('composing')] }).kind).toBe('being composed');
    expect(foresee({ ...none, editions: [edition('skipped', 'late')] }).kind).toBe('composed');
    expect(foresee({ ...none, date: '2026-11-30' }).kind).toBe('nothing went out');
    expect(foresee(none).kind).toBe('no issue');
    expect(foresee(none, { archivedAt: new Date() } as never).kind).toBe('archived');
  });

  it.each(['fr', 'es', 'ar'])('speaks %s', (locale) => {
    for (const change of [
      {},
      { stories: 0 },
      { stories: 1, before: '2026-11-30' },
      { editions: [edition('held', 'x')] },
    ])
      expect(forecastInWords(locale, list.timeZone, foresee(change))).not.toMatch(/undefined|[{}]|plural/);
  });
});
