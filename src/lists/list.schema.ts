import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import { brandSchema } from './brand/brand.schema.js';
import type { ListView } from './list-view.js';
import { approvals, cutOffRules, rehearsalRules, unknownPolicies } from './list.entity.js';

/** ISO weekdays as answers show them. */
export const weekdaysSchema = z.array(z.int().min(1).max(7)).describe('ISO: 1 Monday … 7 Sunday');

/** A list as answers show it. */
export const listSchema = schemaOf<ListView>()(
  z.object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    tagline: z.string(),
    locale: z.string().describe('language of readers who chose none'),
    timeZone: z.string(),
    localTime: z.string().describe('HH:MM'),
    weekdays: weekdaysSchema,
    sections: z.array(z.string()).describe('subjects a reader can choose'),
    minStories: z.int(),
    maxStories: z.int(),
    floor: z.number().describe('score below which a story is not worth a slot; 0: every story is'),
    freshFor: z.string().describe('how late an edition may still go out, ISO 8601 duration such as PT4H'),
    unknownPolicy: z.enum(unknownPolicies),
    approval: z.enum(approvals),
    atCutOff: z.enum(cutOffRules),
    rehearsal: z.enum(rehearsalRules),
    mailFrom: z.string().nullable().describe('Name <address>; null: the service’s'),
    replyTo: z.string().nullable().describe('Name <address>; null: answers go to the sender'),
    brand: brandSchema,
    postalAddress: z.string(),
    nextDueAt: z.iso.datetime().nullable().describe('null: it is archived'),
    createdAt: z.iso.datetime(),
    archivedAt: z.iso.datetime().nullable(),
  }),
);
