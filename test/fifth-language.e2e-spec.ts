import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Child } from './support/child.js';

/** A copy of the built program, beside it, so that it finds the same packages. */
mkdirSync('.cache', { recursive: true });
const folder = mkdtempSync('.cache/fifth-');
const dist = join(folder, 'dist');

const script = `
  const { locales, pickLocale } = await import('./${dist}/locales/messages.js');
  const { writeConfirmation } = await import('./${dist}/letters/write-confirmation.js');
  const { createLiquid } = await import('./${dist}/pages/liquid.js');
  const list = { name: 'Kurier', tagline: '', postalAddress: '', homeUrl: 'https://news.example/' };
  const letter = await writeConfirmation({ locale: pickLocale('de-AT'), list, confirmUrl: 'https://news.example/c', requestedAt: 'heute', network: null });
  const name = await createLiquid().parseAndRender('{{ "de" | language_name }}');
  console.log(JSON.stringify({ locales, subject: letter.subject, lang: /lang="(\\w+)"/.exec(letter.html)[1], name }));
`;

beforeAll(() => {
  cpSync('dist', dist, { recursive: true });
  const english = JSON.parse(readFileSync('src/locales/en.json', 'utf8')) as Record<string, string>;
  const german = {
    ...english,
    ...{ 'language.name': 'Deutsch', 'language.tag': 'de', 'language.place': '5' },
    'letter.confirmation.subject': 'Bitte bestätigen: {list}',
  };
  writeFileSync(join(dist, 'locales', 'de.json'), JSON.stringify(german));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is a file: letters, pages and choices have it', async () => {
  const child = new Child(['--input-type=module', '--eval', script], { PATH: process.env.PATH });
  const { code } = await child.ended;
  expect([code, child.logs.trim().startsWith('{') ? '' : child.logs]).toEqual([0, '']);
  expect(JSON.parse(child.logs)).toEqual({
    locales: ['en', 'fr', 'es', 'ar', 'de'],
    subject: 'Bitte bestätigen: Kurier',
    lang: 'de',
    name: 'Deutsch',
  });
});
