import type { FieldError } from './problem.js';

/** Nothing that the API takes nests deeper. */
const deepest = 50;

/**
 * Values that would surface as an error of ours, 500: texts that Postgres cannot keep, at any depth (NUL is refused in
 * every text column, halves of surrogate pairs in jsonb), and nesting that exhausts the stack of whoever walks it.
 */
export function unstorable(value: unknown): FieldError[] {
  const errors: FieldError[] = [];
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value, path: '', depth: 0 }];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { path, depth } = one;
    if (typeof one.value === 'string') errors.push(...faultsIn(one.value, path));
    if (one.value === null || typeof one.value !== 'object') continue;
    if (depth === deepest) return [{ path: '', detail: `nests deeper than ${deepest} levels`, fix: 'Send flat JSON.' }];
    for (const [key, inner] of Object.entries(one.value))
      waiting.push({ value: inner, path: path ? `${path}.${key}` : key, depth: depth + 1 });
  }
  return errors.reverse();
}

function faultsIn(text: string, path: string): FieldError[] {
  if (text.includes('\0')) return [{ path, detail: 'contains a NUL character', fix: 'Remove the character U+0000.' }];
  return text.isWellFormed()
    ? []
    : [{ path, detail: 'contains half of a surrogate pair', fix: 'Send well-formed Unicode.' }];
}
