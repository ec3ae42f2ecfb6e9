import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import english from '../locales/en.json' with { type: 'json' };

const source = new URL('../', import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
const read = (pattern: RegExp) =>
  files
    .filter((name) => pattern.test(name))
    .map((name) => readFileSync(new URL(name, source), 'utf8'))
    .join('\n');

/** Keys in quotes, and the beginnings of those that are put together: 'page.preferences.state.' or `error.${…`. */
const used = [
  ...`${read(/^pages\/.*\.liquid$/)}${read(/(?<!spec)\.ts$/)}`.matchAll(/['"`]((?:page|error)\.[\w.-]*)/g),
].map((match) => match[1]!);
const known = Object.keys(english).filter((key) => /^(page|error)\./.test(key));

describe('the messages of the pages', () => {
  it('exist for every key that a view or a controller names', () => {
    expect(
      used.filter((key) => !known.some((name) => name === key || (key.endsWith('.') && name.startsWith(key)))),
    ).toEqual([]);
  });

  it('are all used somewhere', () => {
    expect(
      known.filter((name) => !used.some((key) => name === key || (key.endsWith('.') && name.startsWith(key)))),
    ).toEqual([]);
  });
});
