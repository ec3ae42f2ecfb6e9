import { z } from 'zod';
import { schemaOf } from '../../api/answer.js';
import { findingKinds, findingLevels, rehearsalStates, type Rehearsal } from './rehearsal.js';

const hour = z.object({
  timeZone: z.string(),
  localTime: z.string().describe('HH:MM'),
  dueAt: z.iso.datetime(),
  readers: z.int(),
});

const letter = z.object({
  locale: z.string(),
  sections: z.array(z.string()).nullable().describe('null: every section'),
  subject: z.string(),
  stories: z.int(),
  readers: z.int(),
  htmlBytes: z.int().describe('as encoded for transport'),
  messageBytes: z.int().describe('the whole message'),
});

const report = z.object({
  readers: z.object({
    total: z.int(),
    nothing: z.int().describe('those who would get no letter: too few stories are new to them'),
    hours: z.array(hour).describe('due instants and their readers'),
  }),
  letters: z.object({ total: z.int(), largest: z.array(letter) }),
  links: z.object({ checked: z.int(), dead: z.int() }),
  findings: z.array(z.object({ level: z.enum(findingLevels), kind: z.enum(findingKinds), detail: z.string() })),
});

/** An issue played to nobody. */
export const rehearsalSchema = schemaOf<Rehearsal>()(
  z.object({
    id: z.string(),
    state: z.enum(rehearsalStates),
    rundownVersion: z.int().describe('the one it went by; 0: none'),
    askedBy: z.string().describe('owner of the key; “the clock” where the list has each issue rehearsed'),
    askedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    report: report.nullable().describe('null: it has no end yet, or it failed'),
    override: z
      .object({ by: z.string(), at: z.iso.datetime({ offset: true }), reason: z.string() })
      .nullable()
      .describe('who let the issue go out though this is red'),
  }),
);
