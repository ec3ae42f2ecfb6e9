import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { plainText } from '../text/plain-text.js';
import { sanitise } from '../text/sanitise.js';
import { pageArticle } from './page-article.js';
import { ParsePage } from './parse-page.js';

const folder = new URL('../../../test/samples/pages/', import.meta.url);
const sample = (name: string) => readFileSync(new URL(name, folder));

/** Paragraphs that must come through, words that must not, and what the page says of itself. */
type Expected = { keep: string[]; drop: string[] } & Record<string, string | null>;
const expected = JSON.parse(sample('expected.json').toString()) as Record<string, Expected>;

const parser = new ParsePage();
afterAll(() => parser.onApplicationShutdown());

async function read(html: Buffer | string) {
  const facts = await parser.run(Buffer.from(html), null);
  if (!facts) throw new Error('not taken apart');
  return pageArticle(facts, 'https://paper.example/x/page');
}

describe('the page of an article', () => {
  it.each(Object.keys(expected))('%s: its words come through, and nothing else', async (name) => {
    const { keep, drop } = expected[name]!;
    const text = plainText(sanitise((await read(sample(`${name}.html`))).body, 'https://paper.example/').html);
    expect(keep.filter((paragraph) => !text.includes(paragraph))).toEqual([]);
    expect(drop.filter((words) => text.includes(words))).toEqual([]);
  });

  it.each(Object.keys(expected))('%s: what it says of itself', async (name) => {
    const article = await read(sample(`${name}.html`));
    const { title, standfirst, author, section, language, canonical, published, image, caption, credit } =
      expected[name]!;
    const found = {
      ...article,
      canonical: article.canonicalUrl,
      image: article.figure?.src,
      credit: article.figure?.credit,
    };
    const said = { title, standfirst, author, section, language, canonical, published, image, credit };
    expect(found).toMatchObject(Object.fromEntries(Object.entries(said).filter(([, value]) => value != null)));
    expect(article.figure?.caption ?? '').toContain(caption ?? '');
  });

  it.each([
    ['nothing', ''],
    ['broken JSON-LD', '<script type="application/ld+json">{"@type":</script>'],
    [
      'JSON-LD of odd shapes',
      '<script type="application/ld+json">[null,7,{"@type":["NewsArticle",3],"headline":[],"author":[[{"name":{}}]],"image":{"url":7}}]</script>',
    ],
    ['a depth that breaks parsers', '<div>'.repeat(50_000)],
    ['5 MB of brackets', '<'.repeat(5_000_000)],
    ['5 MB of links', '<a href="/x">'.repeat(380_000)],
  ])('of %s harms nobody', async (_, html) => {
    const facts = await parser.run(Buffer.from(html), null);
    if (facts) expect(pageArticle(facts, 'https://paper.example/')).toMatchObject({ title: '' });
    expect((await read('<title>The next page</title>')).title).toBe('The next page');
  });
});
