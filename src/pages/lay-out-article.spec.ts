import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layOutArticle } from './lay-out-article.js';
import type { ViewFigure } from './view-parts.js';

const figure = (caption: string): ViewFigure => ({
  src: '/pictures/1.jpg',
  alt: '',
  width: 3,
  height: 2,
  caption,
  credit: '',
});
const laid = (html: string, captions: string) =>
  layOutArticle(html, [...captions].map(figure)).map(
    (part) => part.html + part.figures.map((f) => `[${f.caption}]`).join(''),
  );

describe('layOutArticle', () => {
  it('sets figures before subheads, evenly', () => {
    expect(laid('<p>0</p><h2>a</h2><p>1</p><h2>b</h2><p>2</p>', 'xy')).toEqual([
      '<p>0</p>[x]',
      '<h2>a</h2><p>1</p>[y]',
      '<h2>b</h2><p>2</p>',
    ]);
  });

  it('sets them between paragraphs where there are too few subheads', () => {
    expect(laid('<p>0</p><p>1</p>', 'x').join('')).toBe('<p>0</p>[x]<p>1</p>');
  });

  it('never cuts into an element', () => {
    const html = '<blockquote><h2>a</h2><p>1<br>2</p></blockquote>';
    expect(laid(html, 'x')).toEqual([`${html}[x]`]);
  });

  it('loses nothing and nobody, whatever the text', () => {
    const blocks = fc.array(
      fc.constantFrom('<p>a</p>', '<h2>b</h2>', '<ul><li>c</li></ul>', '<hr>', '<blockquote><p>d</p></blockquote>'),
    );
    fc.assert(
      fc.property(blocks, fc.nat(6), (body, count) => {
        const parts = layOutArticle(
          body.join(''),
          Array.from({ length: count }, (_, n) => figure(String(n))),
        );
        expect(parts.map((part) => part.html).join('')).toBe(body.join(''));
        expect(parts.flatMap((part) => part.figures.map((f) => f.caption))).toEqual(
          Array.from({ length: count }, (_, n) => String(n)),
        );
      }),
    );
  });
});
