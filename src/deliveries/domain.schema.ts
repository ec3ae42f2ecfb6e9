import { z } from 'zod';

/** A recipient domain that rests or has a rate. */
export const domainSchema = z.object({
  domain: z.string(),
  perSecond: z.number().nullable().describe('an operator’s limit'),
  perSecondNow: z.number().nullable().describe('after complaints, growing again by itself; null: as many as there are'),
  pausedUntil: z.iso.datetime().nullable().describe('null: it does not rest'),
  reason: z.string().nullable().describe('why it rests'),
});

export const domainsSchema = z.object({ items: z.array(domainSchema) });
