import { z } from 'zod';

/** An id of ours, as it stands in paths and bodies. */
export const id = z
  .string()
  .regex(/^\d{1,18}$/, 'is not an id')
  .describe('an id, digits only, as this API gave it');

/** An instant of ISO 8601 with its offset; controllers receive a Temporal.Instant. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => Temporal.Instant.from(text))
  .describe('an instant of ISO 8601 with its offset, such as 2011-11-25T07:00:00Z');
