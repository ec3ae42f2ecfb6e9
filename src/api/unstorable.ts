import type { FieldError } from './problem.js';

/**
 * Texts that Postgres cannot keep, at any depth: NUL (refused in every text column) and halves of surrogate pairs
 * (refused in jsonb, replaced elsewhere). Without this, each would surface as an error of ours, 500.
 */
export function* unstorable(value: unknown, path = ''): Generator<FieldError> {
  if (typeof value === 'string') {
    if (value.includes('\0')) yield { path, detail: 'contains a NUL character', fix: 'Remove the character U+0000.' };
    else if (!value.isWellFormed())
      yield { path, detail: 'contains half of a surrogate pair', fix: 'Send well-formed Unicode.' };
  } else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) yield* unstorable(inner, path ? `${path}.${key}` : key);
  }
}
