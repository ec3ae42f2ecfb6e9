import { createHash } from 'node:crypto';

/** Latin letters that do not decompose into a letter and an accent. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  '’': '',
  "'": '',
};
const maxLength = 60;

/**
 * An address for people: words of the title in plain ASCII, so that no mail program or shell mangles it, and a
 * suffix made from `identity`, so that it is unique and stays when the title changes. Titles in other scripts
 * become `article-…`: a page's address is not the place to guess at a transliteration.
 */
export function slugFor(title: string, identity: string): string {
  const ascii = title
    .toLowerCase()
    .replace(/[ßæœøđðłþı’']/g, (letter) => letters[letter]!)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const words =
    ascii.length <= maxLength
      ? ascii
      : ascii
          .slice(0, maxLength + 1)
          .replace(/-[^-]*$/, '')
          .slice(0, maxLength);
  const suffix = createHash('sha256').update(identity).digest('hex').slice(0, 8);
  return `${/[a-z]{2}/.test(words) ? words : 'article'}-${suffix}`;
}
