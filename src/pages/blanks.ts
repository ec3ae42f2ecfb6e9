/** Stands in a rendered page for a text that differs from reader to reader. No address or section can hold it: it is a control character. */
const edge = '\u0002';
const blanks = new RegExp(`${edge}(\\w+)${edge}`);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

export const blank = (name: string): string => `${edge}${name}${edge}`;

/** A page with blanks, rendered once: its html, and between each two pieces the name of a blank. */
export const splitAtBlanks = (html: string): string[] => html.split(blanks);

/** @param texts by the names of the blanks; escaped here, as the views do */
export const fillBlanks = (pieces: string[], texts: Record<string, string>): string =>
  pieces.map((piece, index) => (index % 2 === 0 ? piece : escaped(texts[piece] ?? ''))).join('');

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
