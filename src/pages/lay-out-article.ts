import type { ViewFigure } from './view-parts.js';

/** Some html, and the figures that stand after it. */
export interface Part {
  html: string;
  figures: ViewFigure[];
}

const subhead = /^h[2-4]$/;
const block = /^(p|h[2-4]|ul|ol|blockquote|pre|table|figure)$/;
const voidTags = new Set(['br', 'hr', 'img', 'wbr']);

/**
 * Sets figures among the text of an article: spread evenly, each before a subhead, or between paragraphs if there are too few.
 * @param bodyHtml sanitised, so that its tags are closed and `<` begins nothing but a tag
 */
export function layOutArticle(bodyHtml: string, figures: ViewFigure[]): Part[] {
  const sections = splitBefore(bodyHtml, subhead);
  const pieces = sections.length > figures.length ? sections : splitBefore(bodyHtml, block);
  const parts = (pieces.length > 0 ? pieces : ['']).map((html): Part => ({ html, figures: [] }));
  figures.forEach((figure, index) => {
    const place = Math.ceil(((index + 1) * parts.length) / (figures.length + 1)) - 1;
    parts[place]!.figures.push(figure);
  });
  return parts;
}

/** Splits html before each outermost element whose name matches. */
function splitBefore(html: string, name: RegExp): string[] {
  const cuts = [0];
  let depth = 0;
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/gi)) {
    const tag = match[2]!.toLowerCase();
    if (voidTags.has(tag)) continue;
    if (!match[1] && depth === 0 && name.test(tag)) cuts.push(match.index);
    depth += match[1] ? -1 : 1;
  }
  return cuts.map((cut, index) => html.slice(cut, cuts[index + 1])).filter((piece) => piece.trim() !== '');
}
