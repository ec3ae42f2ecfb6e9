import { z } from 'zod';
import { scheduleFields } from '../lists/schedule-choice.js';
import { locales } from '../locales/messages.js';
import { parseAddress } from '../mail/address.js';
import { consentInput } from './consent-input.js';

const address = z
  .string()
  .transform((text, context) => {
    const parsed = parseAddress(text);
    if (parsed.kind === 'address') return parsed.address;
    context.addIssue({
      code: 'custom',
      message: `not a mail address (${parsed.fault}); send one such as reader@example.org`,
    });
    return z.NEVER;
  })
  .describe('the mail address; it is normalised (trimmed, lower case, A-labels)');

/** One reader and the list they shall be subscribed to. `email` is the form's name for `address`; send one of the two. */
export const newSubscriber = z
  .strictObject({
    address: address.optional(),
    email: address.optional(),
    list: z.string().max(64).optional().describe('slug; without it the default list'),
    locale: z.enum(locales).optional().describe('without it the list’s own'),
    ...scheduleFields,
    sections: z.array(z.string().max(60)).min(1).nullable().default(null).describe('null: every section'),
    confirmed: z.boolean().default(false).describe('true: you attest that this person asked for it; needs `consent`'),
    consent: consentInput.optional(),
  })
  .refine((input) => input.address || input.email, { path: ['address'], message: 'is missing; send a mail address' })
  .refine((input) => !(input.address && input.email), {
    path: ['email'],
    message: 'comes beside address; send one of the two',
  })
  .refine((input) => !input.confirmed || input.consent, {
    path: ['consent'],
    message: 'is missing; send { source, at } beside confirmed: true, or leave confirmed out and the person is asked',
  });

export type NewSubscriber = z.output<typeof newSubscriber>;
