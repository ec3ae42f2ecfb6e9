import { describe, expect, it } from '@jest/globals';
import { minutes } from './reading-time.js';

const words = (count: number, word = 'word') => `<p>${`${word} `.repeat(count)}</p>`;

describe('minutes', () => {
  it('counts words, not markup', () => {
    expect(minutes(`<h2 class="a b c">${'<b></b>'.repeat(900)}</h2>${words(440)}`, 'en')).toBe(2);
  });
  it('gives Arabic more time', () =>
    expect([minutes(words(900), 'en'), minutes(words(900, 'كلمة'), 'ar-EG')]).toEqual([4, 5]));
  it('is at least one minute', () => expect(minutes('<p>Brief.</p>', 'fr')).toBe(1));
  it.each(['', '<p> &nbsp; </p>', '<figure><img src="/a.jpg"></figure>'])('is not known for %j', (body) => {
    expect(minutes(body, 'en')).toBeNull();
  });
});
