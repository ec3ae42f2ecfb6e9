import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { fieldErrors } from './field-errors.js';

function refused(schema: z.ZodType, value: unknown) {
  const parsed = schema.safeParse(value);
  return fieldErrors(schema, value, parsed.success ? [] : parsed.error.issues);
}

describe('what is wrong with a field', () => {
  it('names unknown fields where they stand, with those that are known', () => {
    const schema = z.strictObject({ figures: z.array(z.strictObject({ src: z.string(), alt: z.string() })) });
    expect(refused(schema, { figures: [{ src: 'a', alt: 'b', source: 'c' }] })).toEqual([
      { path: 'figures.0.source', detail: 'is not a known field', fix: 'Remove it. Known here: src, alt.' },
    ]);
  });

  it('takes the fix from the description, through optional, default and pipe', () => {
    const schema = z.strictObject({
      a: z.string().describe('a word').optional(),
      b: z.string().default('x').describe('another word'),
      c: z.string().transform(Number).pipe(z.number()).describe('a number as text'),
    });
    expect(refused(schema, { a: 1, b: 2, c: 3 }).map(({ fix }) => fix)).toEqual([
      'Expected: a word.',
      'Expected: another word.',
      'Expected: a number as text.',
    ]);
  });

  it.each([
    [z.string().min(2), 'x', 'Send at least 2 characters.'],
    [z.array(z.string()).max(1), ['a', 'b'], 'Send at most 1 entries.'],
    [z.number().max(50), 51, 'Send at most 50.'],
    [z.boolean(), 'yes', 'Send true or false.'],
    [z.iso.date(), '2011-02-30', 'Send a date, such as 2011-11-25.'],
    [z.string().regex(/^[a-z]+$/), 'A', 'Send text that matches /^[a-z]+$/.'],
    [z.string().refine(() => false, { params: { fix: 'Do this.' } }), 'A', 'Do this.'],
  ])('else from the kind of fault (%#)', (field, value, fix) => {
    expect(refused(z.object({ field }), { field: value })).toEqual([expect.objectContaining({ path: 'field', fix })]);
  });

  it('says what is missing, and that all is missing', () => {
    expect(refused(z.object({ a: z.string() }), {})).toEqual([{ path: 'a', detail: 'is missing', fix: 'Send text.' }]);
    expect(refused(z.object({ a: z.string() }), undefined)).toEqual([
      { path: '', detail: 'The body is missing.', fix: 'Send a JSON object.' },
    ]);
  });

  it('ends after fifty', () => {
    expect(refused(z.array(z.string()), Array(1000).fill(1))).toHaveLength(50);
  });

  it('never repeats a value', () => {
    const schema = z.strictObject({
      kind: z.enum(['a', 'b']),
      at: z.iso.datetime(),
      n: z.number(),
      u: z.union([z.number(), z.boolean()]),
    });
    expect(JSON.stringify(refused(schema, { kind: 'ada@x', at: 'ada@x', n: 'ada@x', u: 'ada@x' }))).not.toContain(
      'ada',
    );
  });
});
