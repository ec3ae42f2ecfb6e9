import { describe, expect, it } from '@jest/globals';
import { readOpml, writeOpml } from './opml.js';

const paper = {
  url: 'https://paper.example/feed?a=1&b=2',
  title: 'The “Paper” & Co',
  section: 'Europe',
  language: 'en',
};
const other = { url: 'https://other.example/rss', title: '', section: null, language: null };

describe('OPML', () => {
  it('comes back as it went out', () => {
    const { url, title, section } = paper;
    expect(readOpml(writeOpml([paper, other]))).toEqual([
      { url, title, section },
      { url: other.url, title: other.url, section: null },
    ]);
  });

  it('may have folders in folders', () => {
    const text =
      '<opml version="1.0"><head/><body><outline text="World"><outline text="Asia"><outline text="P" xmlUrl="https://p.example/"/></outline></outline></body></opml>';
    expect(readOpml(text)).toEqual([{ url: 'https://p.example/', title: 'P', section: 'Asia' }]);
  });

  it('gives its first 500 feeds', () => {
    const many = Array.from({ length: 600 }, (_, at) => ({ ...other, url: `https://paper.example/${at}` }));
    expect(readOpml(writeOpml(many))?.at(-1)?.url).toBe('https://paper.example/499');
  });

  it.each([
    '',
    'words',
    '<html></html>',
    '<rss version="2.0"/>',
    '<!DOCTYPE x [<!ENTITY a "b">]><opml version="2.0"><body><outline text="&a;" xmlUrl="https://p.example/"/></body></opml>',
    '<opml',
  ])('is not: %s', (text) => expect(readOpml(text)).toBeNull());
});
