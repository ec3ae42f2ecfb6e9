import type { ApiResponseOptions } from '@nestjs/swagger';
import type { z } from 'zod';

/** What JSON makes of a value: an instant is a text. */
export type AsJson<T> = T extends Date ? string : T extends object ? { [K in keyof T]: AsJson<T[K]> } : T;

/**
 * The schema of an answer whose view is a type of its own, because its instants are dates until they are written. The
 * compiler holds them to each other: neither may have a field, a null or a word that the other has not.
 */
export const schemaOf =
  <View>() =>
  <S extends z.ZodType<AsJson<View>>>(schema: S & (AsJson<View> extends z.output<S> ? unknown : never)): S =>
    schema;

/** A row of Postgres that is answered as it is: its instants are dates, and those inside a JSON column are texts already. */
export type RowOf<S extends z.ZodObject> = {
  [K in keyof S['shape']]: S['shape'][K] extends z.ZodISODateTime
    ? Date
    : S['shape'][K] extends z.ZodNullable<z.ZodISODateTime>
      ? Date | null
      : z.output<S['shape'][K]>;
};

/** An answer that is no JSON, for `@ApiOkResponse(textOf('text/csv'))`. */
export const textOf = (...mediaTypes: string[]): ApiResponseOptions => ({
  content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: 'string' } }])),
});
