import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { plain } from './brand.js';
import { sampleEdition } from './sample-edition.js';
import { writeEdition } from './write-edition.js';

const page = readFileSync(new URL('../../docs/TEMPLATES.md', import.meta.url), 'utf8');
const smallest = /```mjml\n([\s\S]*?)```/.exec(page)![1]!;
const list = {
  ...{
    name: 'The <Brief>',
    tagline: '',
    postalAddress: "1 O'Hara Street\nCork & County",
    homeUrl: 'https://news.example/',
  },
  brand: { ...plain, accent: '#0b5d3b' },
};

async function write(mjml: string, locale: 'en' | 'ar' = 'en') {
  const reasons: string[] = [];
  const letter = await writeEdition(sampleEdition(locale, list), { mjml, failed: (reason) => reasons.push(reason) });
  return { ...letter, reasons };
}

describe('a list’s own template', () => {
  it.each(['en', 'ar'] as const)('writes the html in %s, and the house the text', async (locale) => {
    const { html, text, reasons } = await write(smallest, locale);
    expect(reasons).toEqual([]);
    expect(html).toContain('The &lt;Brief&gt;');
    expect(html).toContain('color:#0b5d3b');
    expect(html).not.toContain('class="nameplate"');
    expect(html).toContain('https://news.example/articles/sample-3');
    expect(text).toContain('https://news.example/unsubscribe/sample');
  });

  const without = (part: RegExp) => smallest.replace(part, '');
  const within = (liquid: string) => smallest.replace('{{ foot.why }}', liquid);

  it.each([
    ['cannot be left', without(/<p>\{% for link[^]*?<\/p>/), 'unsubscribe'],
    ['hides who sends it', without(/<p>\{% for line[^]*?<\/p>/), 'postal address'],
    ['forgets the lead', smallest.replace('{{ lead.url }}', '#'), 'lead.url'],
    ['is not MJML', smallest.replaceAll('mj-table', 'mj-tabel'), 'mj-tabel'],
    ['is not Liquid', within('{% for line in %}'), 'for'],
    ['names what is not there', within('{{ foot.secret }}'), 'secret'],
    [
      'has a loop without end',
      within('{% for a in (1..100000) %}{% for b in (1..100000) %}{{ b }}{% endfor %}{% endfor %}'),
      'limit',
    ],
    ['makes a list without end', within('{% for a in (1..1000000000) %}{{ a }}{% endfor %}'), 'limit'],
    ['is too large', within(`${'and so on '.repeat(9_000)}`), '80000 bytes'],
    ['reads files', within("{% include '/etc/hostname' %}"), 'ENOENT'],
  ])('that %s gives way to the house’s, and says why', async (_what, mjml, why) => {
    const began = performance.now();
    const { html, reasons } = await write(mjml);
    expect(reasons).toEqual([expect.stringContaining(why)]);
    expect(reasons[0]).not.toContain(process.cwd()); // no path of the server
    expect(html).toContain('class="nameplate"');
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('that takes long to compile holds nothing up, and is told its limit', async () => {
    const section = '<mj-section><mj-column><mj-text>So it goes on.</mj-text></mj-column></mj-section>';
    const rules = Array.from({ length: 4_000 }, (_, n) => `td, div { padding: ${n % 9}px; }`);
    const heavy = smallest
      .replace('</mj-head>', `<mj-style inline="inline">${rules.join(' ')}</mj-style></mj-head>`)
      .replace('</mj-body>', `${section.repeat(600)}</mj-body>`);
    let longestMs = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 20);
    const { html, reasons } = await write(heavy);
    clearInterval(beat);
    expect(reasons).toEqual([expect.stringMatching(/more than 5 s or 256 MB to compile/)]);
    expect(html).toContain('class="nameplate"');
    expect(longestMs).toBeLessThan(3_000); // before: half a minute and more
  }, 180_000);

  it('reads no file by mj-include', async () => {
    const licence = new URL('../../LICENSE', import.meta.url).pathname;
    const { html } = await write(smallest.replace('<mj-table', `<mj-include path="${licence}" /><mj-table`));
    expect(html).not.toContain('Permission is hereby granted');
  });
});
