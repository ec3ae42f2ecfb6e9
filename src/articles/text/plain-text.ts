import sanitizeHtml from 'sanitize-html';
import { cleanCharacters } from './clean-characters.js';
import { tame } from './tame.js';

const separating = /<\/?(?:p|div|br|hr|li|ul|ol|h[1-6]|blockquote|tr|td|th|figure|figcaption)\b/gi;

/** HTML → one line of text: no tags, entities read, white space collapsed. */
export function plainText(html: string): string {
  const escaped = sanitizeHtml(tame(html).replace(separating, ' $&'), { allowedTags: [], allowedAttributes: {} });
  return cleanCharacters(readEntities(escaped)).replace(/\s+/g, ' ').trim();
}

/** The four entities that sanitize-html writes. */
export function readEntities(escaped: string): string {
  return escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
