import type { z } from 'zod';
import type { FieldError } from './problem.js';
import { fieldNames, schemaAt } from './schema-at.js';

type Issue = z.core.$ZodIssue;
/** A body of ten thousand wrong entries needs no answer of ten thousand lines. */
const most = 50;

/**
 * Says what is wrong with a value, field by field. The fix is, in this order: the refinement's own `params.fix`,
 * the field's `.describe()` as "Expected: …", or what the kind of issue suggests. Values are never repeated.
 */
export function fieldErrors(schema: z.core.$ZodType, value: unknown, issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue) => errorsOf(schema, value, issue)).slice(0, most);
}

function errorsOf(schema: z.core.$ZodType, value: unknown, issue: Issue): FieldError[] {
  const path = issue.path.map(String);
  const at = schemaAt(schema, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const fix = `Remove it. Known here: ${fieldNames(at.schema).join(', ')}.`;
    return issue.keys.map((key) => ({
      path: [...path, key.slice(0, 80)].join('.'),
      detail: 'is not a known field',
      fix,
    }));
  }
  const missing = valueAt(value, issue.path) === undefined;
  const detail = missing ? (path.length ? 'is missing' : 'The body is missing.') : issue.message;
  const fix = ownFix(issue) ?? (at.description ? `Expected: ${at.description}.` : usualFix(issue));
  return [{ path: path.join('.'), detail, ...(fix ? { fix } : {}) }];
}

const ownFix = (issue: Issue): string | undefined =>
  issue.code === 'custom' && typeof issue.params?.['fix'] === 'string' ? issue.params['fix'] : undefined;

function usualFix(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `Send ${kindOf(issue.expected)}.`;
    case 'invalid_value':
      return `Send one of: ${issue.values.join(', ')}.`;
    case 'too_small':
      return `Send at least ${issue.minimum}${unitOf(issue.origin)}.`;
    case 'too_big':
      return `Send at most ${issue.maximum}${unitOf(issue.origin)}.`;
    case 'invalid_format':
      return formats[issue.format] ?? (issue.pattern ? `Send text that matches ${issue.pattern}.` : undefined);
    default:
      return undefined;
  }
}

const formats: Record<string, string> = {
  url: 'Send an absolute address, such as https://example.org/story.',
  datetime: 'Send an instant of ISO 8601 with its offset, such as 2011-11-25T07:00:00Z.',
  date: 'Send a date, such as 2011-11-25.',
};

const kinds: Record<string, string> = {
  string: 'text',
  array: 'a list',
  object: 'a JSON object',
  int: 'a whole number',
  boolean: 'true or false',
};
const kindOf = (expected: string): string => kinds[expected] ?? `a ${expected}`;

const units: Record<string, string> = { string: ' characters', array: ' entries', set: ' entries' };
const unitOf = (origin: string): string => units[origin] ?? '';

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (at !== null && typeof at === 'object' ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}
