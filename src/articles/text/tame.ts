const tag = /<(\/?)([a-z][a-z0-9]*)/gi;
const single = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);
/** Ended by the next of their kind. */
const implied = new Set(['p', 'li', 'dt', 'dd', 'tr', 'td', 'th', 'option']);

const maxLength = 200_000;
const maxDepth = 250;

/**
 * Makes markup safe to give to a parser: at most 200,000 characters, and none of its tags if they nest too deeply. The
 * time htmlparser2 takes grows with the square of the depth (400 kB of `<b>`: 11 s). Linear itself.
 */
export function tame(html: string): string {
  const text = html.slice(0, maxLength);
  return nestsDeeply(text) ? text.replace(/<[^<>]*>?/g, ' ') : text;
}

function nestsDeeply(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, written] of html.matchAll(tag)) {
    const name = written!.toLowerCase();
    if (single.has(name)) continue;
    if (!slash && !(implied.has(name) && open.at(-1) === name)) open.push(name);
    const at = slash ? open.lastIndexOf(name) : -1;
    if (at !== -1) open.length = at;
    if (open.length > maxDepth) return true;
  }
  return false;
}
