import { z } from 'zod';
import { isVisible } from './visible.js';

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

const isEmptyOrVisible = (text: string): boolean => text === '' || isVisible(text);
const invisible = {
  message: 'holds only characters that nobody sees',
  params: { fix: 'Send a text that can be read.' },
};

/** One line for people: trimmed, no control characters, no bidi overrides, and something to see unless it is empty. */
export const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((text) => !unprintable.test(text), {
      message: 'has a line break, control characters, or characters that change direction',
      params: { fix: 'Send one line of plain text.' },
    })
    .refine(isEmptyOrVisible, invisible);

/** Some lines for people; line ends become LF. */
export const lines = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .transform((text) => text.replace(/\r\n?/g, '\n'))
    .refine((text) => !unprintable.test(text.replaceAll('\n', '')), 'holds control characters; send plain text')
    .refine(isEmptyOrVisible, invisible);

/** Controls; bidi embeddings, overrides and isolates, which can show a text other than it is; the byte order mark. */
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u;
