import { describe, expect, it } from '@jest/globals';
import { readerLocale } from './reader-locale.js';

const locale = (query: unknown, accept?: string, list?: string) =>
  readerLocale({ query, headers: { 'accept-language': accept } }, list);

describe('readerLocale', () => {
  it('takes what the address asks for, then what the browser asks for, then the list’s own', () => {
    expect(locale({ lang: 'ar' }, 'fr', 'es')).toBe('ar');
    expect(locale({}, 'de, fr;q=0.5', 'es')).toBe('fr');
    expect(locale({}, 'de', 'es')).toBe('es');
    expect(locale({}, undefined, undefined)).toBe('en');
  });

  it.each([[{ lang: 'xx' }], [{ lang: ['ar', 'fr'] }], [{ lang: '__proto__' }], [null], [undefined]])(
    'ignores %j',
    (query) => {
      expect(locale(query, 'fr')).toBe('fr');
    },
  );
});
