import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { extractSummary, summaryLength } from './extract-summary.js';
import { sentencesOf } from './sentences.js';

const english = `
<p>By Ada Grey</p>
<p>PORTO (North Wire) — The port of Porto reopened on Tuesday after a strike of nine days that had kept forty ships at sea.</p>
<h2>What the ships carried</h2>
<p>Dr. Lima, who speaks for the harbour office, said the first ship carried grain. Is the strike over for good? “We shall see.”</p>
<figure><img src="x" alt=""><figcaption>The port at dawn, with ships waiting.</figcaption></figure>
<p>The strike began when the port cut the night shifts, and the ships that waited were sent south.</p>
<p>Read more: The long history of the port</p>
<p>© North Wire, all rights reserved.</p>`;

const french = `
<p>LYON — Le tribunal de Lyon a suspendu mardi la vente de la vieille gare, que la ville voulait céder à un promoteur.</p>
<p>Selon M. Perret, avocat des riverains, la vente de la gare ne respectait pas la loi. Les riverains avaient saisi le tribunal en mai.</p>
<p>Lire aussi : les gares que l’on ferme</p>`;

const spanish = `
<p>Por Elena Ruiz</p>
<p>El río Segura volvió a su cauce el martes después de tres días de crecida que obligaron a cerrar cuatro puentes de la ciudad.</p>
<p>La Sra. Campos, alcaldesa, dijo que los puentes se abrirán cuando el río baje otro metro. ¿Habrá más lluvia?</p>`;

const arabic = `
<p>بقلم سلمى ناصر</p>
<p>أعادت المدينة فتح المتحف القديم يوم الثلاثاء بعد ترميم استمر ست سنوات وشمل قاعات المتحف كلها.</p>
<p>وقال مدير المتحف إن الترميم كشف جدارا من العصر الروماني. هل تكفي القاعات لكل الزوار؟</p>
<p>اقرأ أيضا: متاحف أخرى تنتظر</p>`;

describe('a summary of sentences', () => {
  it.each([
    ['en', 'Port reopens after strike', english, /^The port of Porto reopened on Tuesday after a strike/],
    ['fr', 'La vente de la gare suspendue', french, /^Le tribunal de Lyon a suspendu mardi la vente/],
    ['es', 'El Segura vuelve a su cauce', spanish, /^El río Segura volvió a su cauce/],
    ['ar', 'المتحف القديم يفتح أبوابه', arabic, /^أعادت المدينة فتح المتحف القديم/],
  ])(
    'tells in %s what happened, without byline, dateline, captions and invitations',
    (language, title, html, expected) => {
      const summary = extractSummary({ title, html, language });
      expect(summary).toMatch(expected);
      expect(summary.length).toBeLessThanOrEqual(summaryLength);
      expect(summary).not.toMatch(/\?|؟|Read more|Lire aussi|اقرأ|Por Elena|بقلم|©|at dawn|What the ships/);
    },
  );

  it('does not end a sentence after a title or an initial', () => {
    expect(sentencesOf(english, 'en')).toContain(
      'Dr. Lima, who speaks for the harbour office, said the first ship carried grain.',
    );
    expect(sentencesOf(french, 'fr')).toContain(
      'Selon M. Perret, avocat des riverains, la vente de la gare ne respectait pas la loi.',
    );
    expect(sentencesOf(spanish, 'es')[1]).toMatch(/^La Sra\. Campos.*metro\.$/);
  });

  it('takes the sentence that the text is about before one that only stands first', () => {
    const html = `<p>It was a grey morning in a small town, and few were about.</p>
      <p>The mine closed on Monday, and with the mine the town loses its last works.</p>
      <p>The mine had fed the town since the works of 1921. Miners said the mine still held coal.</p>`;
    expect(extractSummary({ title: 'The mine closes', html, language: 'en' })).toContain('The mine closed on Monday');
  });

  it('takes the beginning where no sentence is of fit length', () => {
    const long = `<p>${'and then another thing happened that nobody had foreseen '.repeat(20)}</p>`;
    const summary = extractSummary({ title: 'Things', html: long, language: 'en' });
    expect(summary).toMatch(/…$/);
    expect(summary.length).toBeLessThanOrEqual(summaryLength);
    expect(extractSummary({ title: 'Nothing', html: '', language: 'xx-not-a-tag' })).toBe('');
  });

  it('says nothing that the text does not say, whatever the text', () => {
    const word = fc.stringMatching(/^[a-zé]{1,12}$/);
    const sentence = fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 30 }), fc.constantFrom('.', '!', '?'))
      .map(([words, end]) => `${words.join(' ').replace(/^./, (letter) => letter.toUpperCase())}${end}`);
    fc.assert(
      fc.property(fc.array(fc.array(sentence, { minLength: 1, maxLength: 5 }), { maxLength: 6 }), (blocks) => {
        const html = blocks.map((block) => `<p>${block.join(' ')}</p>`).join('\n');
        const summary = extractSummary({ title: '', html, language: 'en' });
        const text = blocks.flat().join(' ');
        for (const part of sentencesOf(`<p>${summary.replace(/…$/, '')}</p>`, 'en')) expect(text).toContain(part);
        expect(summary.length).toBeLessThanOrEqual(summaryLength);
      }),
    );
  });
});
