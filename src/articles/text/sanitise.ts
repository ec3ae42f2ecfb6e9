import sanitizeHtml from 'sanitize-html';
import { cleanCharacters } from './clean-characters.js';
import { structure, type CleanBody } from './structure.js';
import { tame } from './tame.js';

const words = (text: string) => text.split(' ');

const kept = words('p div h2 h3 blockquote ul ol li a em strong sub sup br figure figcaption img');
/** Their text goes with them. */
const silent = words('script style textarea option noscript template iframe object svg math title xmp');
const divisions = words('section article header footer main aside address center pre tr dt dd dl details');
const renamed = { h1: 'h2', h4: 'h3', h5: 'h3', h6: 'h3', b: 'strong', i: 'em', cite: 'em' };

const rules: sanitizeHtml.IOptions = {
  allowedTags: kept,
  allowedAttributes: { a: ['href'], img: ['src', 'alt', 'width', 'height'] },
  allowedSchemes: ['http', 'https'],
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: silent,
  parseStyleAttributes: false,
  enforceHtmlBoundary: false,
  nestingLimit: 40,
};

/** Untrusted HTML → what an article's body may hold, by allow-list. `base` resolves relative addresses. */
export function sanitise(html: string, base: string): CleanBody {
  const transformTags: sanitizeHtml.IOptions['transformTags'] = {
    ...Object.fromEntries(divisions.map((name) => [name, 'div'])),
    ...renamed,
    a: (tagName, { href }) => ({ tagName, attribs: address('href', href, base) }),
    img: (tagName, { src, ...rest }) => ({ tagName, attribs: { ...rest, ...address('src', src, base) } }),
  };
  return structure(cleanCharacters(sanitizeHtml(tame(html), { ...rules, transformTags })));
}

/** The attribute with an absolute http(s) address, or none. */
function address(name: string, written: string | undefined, base: string): Record<string, string> {
  const url = written === undefined ? null : URL.parse(written.trim(), base);
  const plain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  return plain ? { [name]: url.href } : {};
}
