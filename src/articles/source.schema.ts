import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import type { FoundFeed } from './discover-feeds.js';
import { healths } from './health/judge-health.js';
import type { SourceLogEntry } from './health/source-log.js';
import type { PollOutcome } from './poll-source.js';
import type { SourceView } from './source-view.js';
import { shows, sourceKinds, sourceStates } from './source.entity.js';

/** A source as answers show it. */
export const sourceSchema = schemaOf<SourceView>()(
  z.object({
    id: z.string(),
    kind: z.enum(sourceKinds),
    url: z.string(),
    title: z.string().describe('the publisher; empty until the feed has told it'),
    section: z.string().nullable().describe('null: as the feed says'),
    language: z.string().nullable().describe('null: as the feed says'),
    weight: z.number(),
    show: z.enum(shows),
    complete: z.boolean().describe('thin items are completed from the article’s own page'),
    state: z.enum(sourceStates),
    failures: z.int().describe('bad polls in a row'),
    problem: z.string().nullable().describe('null while it is well'),
    createdAt: z.iso.datetime(),
    health: z.enum(healths),
    healthDetail: z.string().nullable().describe('why it is not well, in a sentence'),
    polledAt: z.iso.datetime().nullable(),
    intervalMinutes: z.int().describe('between two polls while it is well'),
    nextPollAt: z.iso.datetime().nullable().describe('null: it is not polled'),
  }),
);

export const foundFeedSchema = schemaOf<FoundFeed>()(
  z.object({
    url: z.string(),
    title: z.string(),
    language: z.string().nullable(),
    items: z.int().describe('how many it has'),
    source: z.string().nullable().describe('id of the source that has it already'),
  }),
);

export const pollOutcomeSchema = schemaOf<PollOutcome>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('polled'),
      added: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      skipped: z.array(z.object({ item: z.string(), reason: z.string() })),
    }),
    z.object({ kind: z.literal('not-modified') }),
    z.object({ kind: z.literal('gone') }),
    z.object({ kind: z.literal('failed'), reason: z.string() }),
  ]),
);

export const sourceLogSchema = schemaOf<SourceLogEntry>()(
  z.object({
    at: z.iso.datetime(),
    item: z.string().nullable().describe('null: the poll itself'),
    reason: z.string(),
  }),
);

/** What came of one feed of an OPML file. */
export const importedFeedSchema = z.object({
  url: z.string(),
  title: z.string(),
  outcome: z.enum(['added', 'already here', 'refused']),
  reason: z.string().nullable().describe('why it was refused'),
  source: z.string().nullable().describe('id; null: it was refused'),
});

export type ImportedFeed = z.output<typeof importedFeedSchema>;
