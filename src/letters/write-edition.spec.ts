import { describe, expect, it } from '@jest/globals';
import { edition, flat, links, read, story } from '../../test/support/letters.js';
import { writeEdition } from './write-edition.js';

describe('an edition', () => {
  it('tells each story: section, headline, words, publisher, time, link', async () => {
    const { html, text } = await writeEdition(edition({ locale: 'fr' }));
    expect(read(html).headlines).toEqual(['Headline 1', 'Headline 2', 'Headline 3']);
    for (const part of [
      'Moyen-Orient',
      'What story 2 says',
      'The Paper · 4 min de lecture',
      'https://news.example/articles/story-2',
    ]) {
      expect(html).toContain(part);
      expect(text.toLowerCase()).toContain(part.toLowerCase());
    }
  });

  it('names who else reports a story, and says when it is an update', async () => {
    const told = { ...story(1), also: ['North Wire', 'The Meridian'], update: true };
    const { html, text } = await writeEdition(edition({ stories: [told, { ...story(2), also: ['A <b> C'] }] }));
    for (const part of [html, text]) expect(part).toContain('Also reported by North Wire, The Meridian');
    expect([html.includes('Middle East · Update'), text.includes('MIDDLE EAST · UPDATE')]).toEqual([true, true]);
    expect(html).toContain('Also reported by A &lt;b&gt; C');
    expect((await writeEdition(edition())).text).not.toContain('Also reported');
  });

  it('keeps the number on its side of a name that runs the other way', async () => {
    const { html, text } = await writeEdition(edition({ stories: [{ ...story(1), publisher: 'الجريدة' }] }));
    for (const part of [html, text]) expect(part).toContain('الجريدة\u200E · 4 min read');
  });

  it('shows the lead’s picture only, described and credited, never larger than it is or taller than the column', async () => {
    const tall = {
      ...story(1),
      picture: { src: 'https://news.example/tall.jpg', alt: 'A tower', width: 600, height: 1200, credit: null },
    };
    const { html } = await writeEdition(edition());
    expect(read(html).pictures).toEqual(['Picture 1']);
    expect(html).toContain('Photo: A. Rahimi');
    expect((await writeEdition(edition({ stories: [tall] }))).html).toContain('width="276"');
  });

  it('shows in an inbox what it was given, and nothing of the letter’s beginning', async () => {
    const { html } = await writeEdition(edition());
    expect(html).toMatch(/<div class="preheader" style="display:none[^>]*>Also: Headline 2(&nbsp;&zwnj;){60}</);
  });

  it('greets a new reader, and only a new one', async () => {
    const greeting = 'Your first morning letter: Tuesday, 07:00 in Paris.';
    const { html, text } = await writeEdition(edition({ kind: 'welcome', nextAt: 'Tuesday, 07:00 in Paris' }));
    expect([html.includes(greeting), text.includes(greeting)]).toEqual([true, true]);
    expect((await writeEdition(edition())).html).not.toContain('Welcome');
  });

  it('says why it comes and lets its reader leave, in both parts', async () => {
    const { html, text } = await writeEdition(edition());
    expect(read(html).hrefs).toEqual(expect.arrayContaining(Object.values(links)));
    for (const link of Object.values(links)) expect(text).toContain(link);
    for (const part of [html, flat(text)]) expect(part).toContain('because you subscribed to Daily news brief');
  });
});
