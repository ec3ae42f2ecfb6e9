import { z } from 'zod';
import { malformed } from './problem.js';

/** Query of every collection; `.extend()` it with filters. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('how many items at most, 1 to 200'),
  cursor: z.string().max(200).optional().describe('the nextCursor of the page before'),
});

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The answer of a collection, for `@ApiOkResponse({ standardSchema: pageOf(item) })`. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable().describe('null: this is the last page') });

/**
 * Makes a page of rows that were read with `limit + 1`, newest id first.
 * Paging is by key, so that a million rows page as fast as ten.
 */
export function page<T extends { id: string }>(rows: T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? Buffer.from(last.id).toString('base64url') : null };
}

/** The id that a cursor stands for: rows continue below it. Null at the start. */
export const beforeId = (cursor: string | undefined): string | null => decode(cursor, /^\d{1,18}$/);

/** As `beforeId`, for ids that are short words, such as those of API keys. */
export const beforeWord = (cursor: string | undefined): string | null => decode(cursor, /^[a-z0-9]{1,40}$/);

function decode(cursor: string | undefined, shape: RegExp): string | null {
  if (cursor === undefined) return null;
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!shape.test(id)) throw malformed('cursor: not one of ours. Send the nextCursor of the page before, unchanged.');
  return id;
}
