import { z } from 'zod';
import { line, lines } from '../api/field.js';
import { locales } from '../locales/messages.js';
import { formatMailbox, parseMailbox } from '../mail/mailbox.js';
import { brand } from './brand/brand-input.js';
import { approvals, cutOffRules, rehearsalRules, unknownPolicies } from './list.entity.js';
import { localTime, weekdays } from './schedule-choice.js';
import { timeZone } from './time-zone.js';

const freshFor = z
  .string()
  .transform((text, context) => {
    const seconds = readSeconds(text);
    if (seconds !== null && seconds >= 60 && seconds <= 86_400) return seconds;
    context.addIssue({
      code: 'custom',
      message: 'not a duration from one minute to one day; send ISO 8601 such as PT4H',
    });
    return z.NEVER;
  })
  .describe('how late an edition may still go out, ISO 8601 duration such as PT4H');

const mailbox = z
  .string()
  .transform((text, context) => {
    const mailbox = parseMailbox(text);
    if (mailbox) return formatMailbox(mailbox);
    context.addIssue({ code: 'custom', message: 'not one mailbox; send Name <address>' });
    return z.NEVER;
  })
  .nullable();

const storyCount = z.number().int().min(1).max(50);

const fields = {
  name: line(120).min(1),
  tagline: line(300),
  locale: z.enum(locales).describe('language of readers who chose none'),
  timeZone,
  localTime,
  weekdays,
  sections: z
    .array(line(60).min(1))
    .max(40)
    .transform((names) => [...new Set(names)])
    .describe('subjects a reader can choose'),
  minStories: storyCount.describe('an edition with fewer is skipped'),
  maxStories: storyCount,
  floor: z
    .number()
    .min(0)
    .max(10)
    .describe('score below which a story is not worth a slot, on a thin day either; 0: every story is'),
  freshFor,
  unknownPolicy: z.enum(unknownPolicies).describe('what happens to deliveries of unknown outcome'),
  approval: z.enum(approvals).describe('whether a rundown needs the word of a second person'),
  atCutOff: z.enum(cutOffRules).describe('what happens at the due instant without that word'),
  rehearsal: z
    .enum(rehearsalRules)
    .describe('off; warn: each issue is rehearsed within the hour before it is due; block: a red one is held as well'),
  mailFrom: mailbox.describe('sender of its letters, Name <address>; null: the service’s MAIL_FROM'),
  replyTo: mailbox.describe('where answers to its letters go, Name <address>; null: to the sender'),
  brand,
  postalAddress: lines(500).describe('printed at the foot of every letter'),
};

const slug = z
  .string()
  .max(64)
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'not a slug; send lower-case letters, digits and single hyphens, such as daily-news-brief',
  );

/** What makes a list; whatever is left out gets the value that suits a morning brief. */
export const newList = z
  .strictObject({
    slug,
    ...fields,
    tagline: fields.tagline.default(''),
    locale: fields.locale.default('en'),
    localTime: fields.localTime.default('07:00'),
    timeZone: fields.timeZone.default('UTC'),
    weekdays: fields.weekdays.default([1, 2, 3, 4, 5, 6, 7]),
    sections: fields.sections.default([]),
    minStories: fields.minStories.default(3),
    maxStories: fields.maxStories.default(8),
    floor: fields.floor.default(0),
    freshFor: fields.freshFor.default(4 * 3600),
    unknownPolicy: fields.unknownPolicy.default('hold'),
    approval: fields.approval.default('none'),
    atCutOff: fields.atCutOff.default('send as composed'),
    rehearsal: fields.rehearsal.default('off'),
    mailFrom: fields.mailFrom.default(null),
    replyTo: fields.replyTo.default(null),
    brand: fields.brand.default({}),
    postalAddress: fields.postalAddress.default(''),
  })
  .refine((list) => list.minStories <= list.maxStories, {
    path: ['minStories'],
    message: 'is more than maxStories; lower it',
  });

/** A change of some fields; the slug stays, for links name it. */
export const listChange = z.strictObject(fields).partial();

export type NewList = z.output<typeof newList>;
export type ListChange = z.output<typeof listChange>;

function readSeconds(text: string): number | null {
  try {
    return Temporal.Duration.from(text).total({ unit: 'seconds', relativeTo: '2000-01-01' });
  } catch {
    return null;
  }
}
