/** Something to show in every view, hostile texts in every place. */
import { closedSamples, deskSamples } from './desk-samples.js';
import type { ViewData, ViewName } from '../../src/pages/view-data.js';
import type { BoxList, ViewArticle, ViewStory } from '../../src/pages/view-parts.js';

const hostile = `"><script>alert(1)</script>' onfocus='x`;

const picture = { src: '/pictures/1.jpg', alt: hostile, width: 1200, height: 800 };
export const story: ViewStory = {
  ...{ title: hostile, standfirst: hostile, section: hostile, publisher: hostile, minutes: 3, language: 'en' },
  ...{ url: '/articles/a', picture },
};
const stories = [story, { ...story, picture: null, url: null }, { ...story, minutes: null, standfirst: '' }];
const list: BoxList = {
  ...{
    slug: 'daily',
    name: hostile,
    tagline: hostile,
    locale: 'en',
    home: '',
    sections: ['World', 'Economy', hostile],
  },
  lettersPerWeek: 5,
  timeZone: 'Europe/Paris',
};
const article: ViewArticle = {
  ...{
    title: hostile,
    standfirst: hostile,
    section: 'World',
    author: hostile,
    publisher: hostile,
    minutes: 4,
    language: 'en',
  },
  ...{ bodyHtml: '<p>One</p><h2>Two</h2><p>Three</p>', show: 'full', url: 'https://example.org/a?x=1&y="' },
  figures: [1, 2].map(() => ({ ...picture, caption: hostile, credit: hostile })),
  publishedAt: { words: 'Tuesday 24 November 2026', iso: '2026-11-24T04:10:00Z' },
};
const latest = { localDate: '2026-11-24', subject: hostile, stories };
const issues = ['2026-11-23', '2026-10-31'].map((localDate) => ({ localDate, subject: hostile }));
const lines = issues.map((issue) => ({ ...issue, dateWords: hostile, url: `/archive/${issue.localDate}` }));
const subscriptions = ['pending', 'active', 'paused', 'ended', 'ended'].map((state, index) => ({
  slug: `${state}-${index}`,
  name: `${hostile} ${index}`,
  state,
  next: hostile,
  missesToday: index % 2 === 0,
  skipped: index > 1 ? hostile : null,
  pausedUntil: hostile,
  list: { sections: ['World', hostile], weekdays: [1, 2, 6], hasWeekend: index > 1, archived: false },
  form: {
    localTime: '07:00',
    timeZone: 'Asia/Calcutta',
    frequency: 'weekly',
    day: 6,
    sections: [hostile],
    until: '2026-12-01',
  },
  tomorrow: '2026-11-26',
  canUndo: index === 4,
  fault: index === 1 || index === 2 ? { text: hostile, of: index === 1 ? 'save' : 'pause' } : null,
}));
const offers = [{ ...list, weekdays: [7], localTime: '07:00' }];
const value = { email: hostile, timeZone: 'Asia/Calcutta', sections: ['World', hostile] };
const corrections = [{ text: hostile, lines: [{ was: hostile, now: hostile }], at: 'Tuesday' }];
const words = { localDate: '2026-11-24', dateWords: hostile };

/** Every view, and every branch that changes its markup. */
export const samples: { [V in ViewName]: ViewData[V][] } = {
  home: [
    { list, latest, issues },
    { list: { ...list, archived: true, tagline: '' }, latest: null, issues: [] },
    { list: null, latest: null, issues: [] },
  ],
  box: [{ list }],
  embed: [{ list }],
  landing: [true, null].map((special) => ({
    list,
    hour: { time: '07:00:00', weekdays: [1, 3] },
    stories: { least: 2, most: 6 },
    sent: { morning: 0, special: 1 },
    latest: special === null ? null : { ...latest, special, locale: 'en', note: hostile, url: '/letters/t' },
  })),
  subscribed: [false, true].map((again) => ({
    list,
    value: { ...value, sections: `World\n${hostile}` },
    sender: { name: hostile, address: 'brief@example.org' },
    pauseMinutes: 15,
    again,
  })),
  'subscribe-error': [{ list, error: hostile, value }],
  confirm: [{ list, action: '/confirm/t' }],
  confirmed: [false, true].map((already) => ({ list, nextAt: hostile, preferencesUrl: '/preferences/t', already })),
  'link-expired': [{ list, homeUrl: '/' }],
  'no-subscription': [{ list: null, homeUrl: '/' }],
  'link-unknown': [{ list: null, homeUrl: '/' }],
  unsubscribe: [false, true].map((ended) => ({
    ...{ list, action: '/confirm/t', ended, canUndo: ended, gets: true, others: true, weekdays: [1, 2, 3, 4, 5, 6] },
    pauses: [{ days: 7, until: '2026-12-02' }],
  })),
  unsubscribed: [false, true].map((thanked) => ({
    ...{ list, action: '/confirm/t', preferencesUrl: hostile, ended: '1-2', all: thanked, thanked },
  })),
  stayed: [false, true].map((late) => ({ list, preferencesUrl: hostile, said: hostile, late })),
  preferences: [
    {
      address: hostile,
      archiveUrl: '/my/x',
      action: '/confirm/t',
      subscriptions,
      offers,
      said: hostile,
      fault: null,
      addressFault: null,
      ...{ email: hostile, chosenLocale: 'fr', unsaved: true },
    },
    {
      address: hostile,
      archiveUrl: '/my/x',
      action: '/confirm/t',
      subscriptions: [],
      offers: [],
      said: null,
      fault: hostile,
      addressFault: hostile,
      ...{ email: hostile, chosenLocale: 'en', unsaved: false },
    },
  ],
  address: (['ready', 'changed', 'taken', 'expired'] as const).map((outcome) => ({
    ...{
      address: hostile,
      outcome,
      next: [{ list: hostile, at: hostile }],
      archiveUrl: '/my/x',
      action: '/address/t',
      preferencesUrl: '/preferences/t',
    },
  })),
  article: [
    { list, article, corrections, structured: '{"headline":"\\u003c"}' },
    {
      list: null,
      structured: '{}',
      corrections: [],
      article: { ...article, show: 'excerpt', figures: [], author: null, standfirst: '' },
    },
  ],
  archive: [
    { list, issues: lines, olderThan: '2026-10-31' },
    { list, issues: [] },
  ],
  issue: [
    {
      corrections,
      list,
      ...words,
      note: `${hostile}\n${hostile}`,
      subject: hostile,
      stories,
      specials: [{ note: null, subject: 'Special', stories }],
    },
    { list, corrections, ...words, note: `${hostile}\n${hostile}`, subject: 'Another subject', stories },
  ],
  'my-letters': [
    {
      feedUrl: '/my/x/feed.xml',
      letters: [{ list: hostile, subject: hostile, localDate: '2026-11-24', dateWords: 'Tuesday', url: '/letters/x' }],
    },
    { feedUrl: '/my/x/feed.xml', letters: [] },
  ],
  'my-data-asked': [{ hours: 24, back: '/preferences/x' }],
  'my-data': [
    {
      ...{
        address: hostile,
        since: 'Tuesday',
        timeZone: 'Europe/Paris',
        suppressed: true,
        more: 3,
        download: '/my-data/x?format=json',
      },
      subscriptions: [
        {
          name: hostile,
          state: 'active',
          sections: hostile,
          requestedAt: 'Tuesday',
          confirmedAt: 'Tuesday',
          endedAt: 'Tuesday',
        },
      ],
      consent: [{ what: 'asked for', list: 'brief', at: 'Tuesday', network: '192.0.2.0/24', shown: hostile }],
      letters: [{ list: 'brief', date: 'Tuesday', subject: hostile, state: 'accepted' }],
    },
    {
      ...{
        address: 'a@b.c',
        since: 'Tuesday',
        timeZone: null,
        suppressed: false,
        more: 0,
        download: '/my-data/x?format=json',
      },
      ...{ subscriptions: [], consent: [], letters: [] },
    },
  ],
  erase: [
    { action: '/erase/x', erased: false },
    { action: '', erased: true },
  ],
  'desk-sign-in': [
    { to: '/desk', refused: false },
    { to: `/desk/${hostile}`, refused: true },
  ],
  'desk-lists': [
    {
      editor: hostile,
      lists: [{ slug: 'brief', name: hostile, days: [{ url: '/desk/brief/2026-11-24', words: 'Tuesday' }] }],
    },
    { editor: 'Anna', lists: [] },
  ],
  desk: deskSamples,
  'desk-closed': closedSamples,
  error: [
    { status: 500, title: hostile, detail: hostile },
    { status: 404, title: hostile, detail: hostile, list, stories },
  ],
};
