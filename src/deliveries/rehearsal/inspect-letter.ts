import type { Draft } from '../../editions/compose-variants.js';
import type { Finding } from '../../editions/rehearsal/rehearsal.js';
import { encodedSize } from '../../letters/encoded-size.js';
import { htmlLimitBytes } from '../../letters/fit-stories.js';
import type { Letter } from '../../letters/letter.js';

/** What is wrong with one letter as it would be sent. @param unsubscribe the link by which its reader leaves */
export async function inspectLetter(
  letter: Letter,
  { stories }: Pick<Draft, 'stories'>,
  unsubscribe: string,
): Promise<Finding[]> {
  const { parseHTML } = await import('linkedom'); // a worker that rehearses nothing does without it
  const { document } = parseHTML(letter.html) as unknown as { document: Document };
  const links = new Set([...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')!));
  const of = `in “${letter.subject}” (${letter.locale})`;
  return [
    ...size(letter.html, of),
    ...parity(stories, links, letter.text, of),
    ...pictures(stories, document, of),
    ...wayOut(links.has(unsubscribe), letter.text.includes(unsubscribe), of),
  ];
}

function size(html: string, of: string): Finding[] {
  const { bytes } = encodedSize(html);
  if (bytes <= htmlLimitBytes) return [];
  return [
    {
      level: 'red',
      kind: 'size',
      detail: `the html ${of} has ${bytes} bytes; mail programs cut it off after ${htmlLimitBytes}`,
    },
  ];
}

/** A reader of plain text is told what the others are told. Where the html had no room left, the web copy has the rest. */
function parity(stories: Draft['stories'], links: ReadonlySet<string>, text: string, of: string): Finding[] {
  const missing = stories.filter(({ url }) => links.has(url) && !text.includes(url));
  const left = stories.filter(({ url }) => !links.has(url));
  return [
    ...missing.map(({ title }): Finding => ({
      level: 'red',
      kind: 'parity',
      detail: `“${title}” is not in the text ${of}`,
    })),
    ...(left.length > 0
      ? [
          {
            level: 'note',
            kind: 'parity',
            detail: `${left.length} stories are left to the web copy ${of}: there was no room`,
          } as const,
        ]
      : []),
  ];
}

function pictures(stories: Draft['stories'], document: Document, of: string): Finding[] {
  const without = document.querySelectorAll('img:not([alt])').length;
  const blank = stories.filter(({ picture }) => picture && !picture.alt.trim());
  return [
    ...(without > 0
      ? [{ level: 'red', kind: 'alt', detail: `${without} pictures ${of} have no alt text at all` } as const]
      : []),
    ...blank.map(({ title, articleId }): Finding => ({
      ...{ level: 'note', kind: 'alt', detail: `the picture of “${title}” (article ${articleId}) has no alt text` },
    })),
  ];
}

function wayOut(inHtml: boolean, inText: boolean, of: string): Finding[] {
  if (inHtml && inText) return [];
  return [
    { level: 'red', kind: 'unsubscribe', detail: `the ${inHtml ? 'text' : 'html'} ${of} has no link to unsubscribe` },
  ];
}
