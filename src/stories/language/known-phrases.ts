import { locales } from '../../locales/messages.js';
import { concepts } from './concepts.js';
import { gazetteer } from './gazetteer.js';
import { PhraseBook } from './phrase-book.js';
import { readWords } from './read-words.js';

/** Meanings: `c:CONCEPT`, `p:COUNTRY` and `p:COUNTRY/CITY`. Made once a process. */
export const knownPhrases = new PhraseBook();

for (const line of gazetteer.trim().split('\n')) addCountry(line);
for (const region of regions()) addRegion(region);
for (const line of concepts.trim().split('\n')) {
  const [concept, phrases] = line.split(': ');
  for (const phrase of phrases!.split(' ')) knownPhrases.add(phrase, `c:${concept}`);
}

function addCountry(line: string): void {
  const [country, cities = ''] = line.split(' |');
  const [code, ...words] = country!.split(' ');
  for (const word of words) knownPhrases.add(word, `p:${code}`);
  for (const spellings of cities.trim().split(' ').filter(Boolean)) {
    const [name, ...others] = spellings.split('=');
    for (const spelling of [name!, ...others]) knownPhrases.add(spelling, `p:${code}/${name}`);
  }
}

function addRegion(region: string): void {
  for (const locale of locales) {
    const name = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }).of(region);
    const words = name ? readWords(name.replace(/\(.*\)/, '')).filter(({ form }) => form.length > 1) : [];
    if (words.length > 0) knownPhrases.add(words.map(({ form }) => form).join('_'), `p:${region}`);
  }
}

function regions(): string[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return alphabet
    .flatMap((a) => alphabet.map((b) => a + b))
    .filter((code) => names.of(code) && !/^(ZZ|Q.|X[A-Z])$/.test(code));
}
