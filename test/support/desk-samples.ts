/** The desk's page with hostile texts in every place. */
import type { ViewData } from '../../src/pages/view-data.js';

const hostile = `"><script>alert(1)</script>' onfocus='x`;

const deskStory = (article: string, chosen: boolean) => ({
  ...{
    article,
    title: hostile,
    standfirst: hostile,
    rewritten: chosen,
    byModel: chosen,
    publisher: hostile,
    section: 'World',
    language: 'en',
  },
  ...{
    at: 'Tuesday',
    score: 1.5,
    update: chosen,
    chosen,
    earlier: chosen ? null : hostile,
    pinned: chosen,
    dropped: !chosen,
    why: [hostile],
  },
});
const rehearsal: ViewData['desk']['rehearsal'] = {
  ...{ state: 'red', at: 'Tuesday', summary: hostile, nothing: hostile, hours: [hostile, hostile] },
  findings: [
    { level: 'red', detail: hostile },
    { level: 'note', detail: hostile },
  ],
  overridden: null,
};
const desk = (change: Partial<ViewData['desk']>): ViewData['desk'] => ({
  list: { slug: 'brief', name: hostile },
  ...{ date: '2026-11-24', dateWords: 'Tuesday', action: '/desk/brief/2026-11-24', before: '2026-11-23' },
  ...{
    after: '2026-11-25',
    editor: hostile,
    version: 3,
    standstill: true,
    unsaved: true,
    typed: { addresses: hostile, reason: hostile },
    announcement: hostile,
    mayApprove: true,
    mayOverride: true,
    rehearsal,
  },
  decisions: { pins: ['1'], drops: ['3'], note: hostile, subject: hostile, preheader: null, hold: true },
  given: { subject: hostile, preheader: hostile },
  approval: { wanted: true, by: null, editedBy: hostile, hasVersion: true },
  editions: [{ at: 'Tuesday', state: 'held', reason: hostile }],
  ...{
    hasSource: false,
    chosen: [],
    others: [],
    problem: { kind: 'changed', by: hostile, changed: hostile },
    said: hostile,
  },
  ...change,
});

export const deskSamples: ViewData['desk'][] = [
  desk({ chosen: [deskStory('1', true), deskStory('2', true)], others: [deskStory('3', false)] }),
  desk({ rehearsal: null }),
  desk({ rehearsal: { ...rehearsal, overridden: hostile } }),
];

const counts = [
  { state: 'accepted', count: 1204 },
  { state: 'refused', count: 3 },
];
const closed: ViewData['desk-closed'] = {
  ...{ list: { slug: 'brief', name: hostile }, date: '2026-11-24', dateWords: 'Tuesday' },
  ...{ before: '2026-11-23', after: '2026-11-25', editor: hostile, announcement: hostile, problem: hostile },
  counts,
  editions: [
    { at: 'Tuesday', state: 'done', reason: null, special: false, counts },
    { at: 'Tuesday', state: 'skipped', reason: hostile, special: true, counts: [] },
  ],
  issue: {
    ...{
      sent: true,
      subject: hostile,
      preheader: hostile,
      note: hostile,
      emailUrl: '/letters/t',
      pageUrl: '/archive/d',
    },
    stories: [
      { title: hostile, standfirst: hostile, section: 'World', publisher: hostile, language: 'en', url: '/articles/a' },
    ],
  },
  others: [{ title: hostile, section: 'World', publisher: hostile, why: [hostile] }],
};

export const closedSamples: ViewData['desk-closed'][] = [
  closed,
  { ...closed, problem: null, counts: [], issue: { ...closed.issue!, sent: false, preheader: '' } },
  { ...closed, counts: [], editions: [], issue: null, others: [] },
];
