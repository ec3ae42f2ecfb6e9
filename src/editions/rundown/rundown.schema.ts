import { z } from 'zod';
import { schemaOf } from '../../api/answer.js';
import { approvals, cutOffRules } from '../../lists/list.entity.js';
import { editionStates } from '../edition.js';
import type { RundownView } from './rundown-view.js';

const rewrittenLines = z.object({
  article: z.string(),
  title: z.string().optional().describe('absent: stays as it is'),
  standfirst: z.string().optional().describe('absent: stays as it is'),
});

const approved = z.object({ version: z.int(), by: z.string(), at: z.iso.datetime() });

const toCome = z.object({ dueAt: z.iso.datetime(), timeZone: z.string().describe('of the readers it is due for') });

const opened = z.object({
  id: z.string(),
  state: z.enum(editionStates),
  reason: z.string().nullable().describe('why it is held, skipped or cancelled'),
  dueAt: z.iso.datetime(),
  rundownVersion: z.int().nullable().describe('null: composed without a rundown, or not yet'),
});

/** An issue's rundown as the desk sees it. */
export const rundownSchema = schemaOf<RundownView>()(
  z.object({
    list: z.string().describe('slug of the list'),
    date: z.iso.date(),
    version: z.int().describe('0: nobody has written one yet'),
    pins: z.array(z.string()).describe('ids of articles in their order; the first one leads'),
    drops: z.array(z.string()).describe('ids of articles whose stories stay out'),
    lines: z.array(rewrittenLines),
    note: z.string().nullable().describe('editor’s note above the stories'),
    subject: z.string().nullable().describe('null: the edition’s own'),
    preheader: z.string().nullable().describe('null: the edition’s own'),
    hold: z.boolean().describe('true: nothing goes out until an editor sends false'),
    editedBy: z.string().nullable().describe('owner of the key'),
    editedAt: z.iso.datetime().nullable(),
    approval: z.enum(approvals),
    atCutOff: z.enum(cutOffRules),
    approved: approved.nullable().describe('the latest version that was approved'),
    announcement: z
      .string()
      .describe('what becomes of the issue if nobody does anything more, and why, as things stand now'),
    toCome: z.array(toCome).describe('due instants that a change still reaches'),
    editions: z.array(opened).describe('morning editions that were opened'),
  }),
);
