/** Words a minute of a reader who does not hurry. Arabic says in one word what takes two or three in English. */
const wordsPerMinute = (language: string) => (/^ar\b/i.test(language) ? 180 : 220);

/** Whole minutes to read an article, at least 1.
 *  @param bodyHtml sanitised html; null is the answer for one without words, as of a source shown as an excerpt
 *  @param language a BCP 47 tag */
export function minutes(bodyHtml: string, language: string): number | null {
  const text = bodyHtml.replace(/<[^>]*>/g, ' ').replace(/&(#\d+|#x[\da-f]+|\w+);/gi, ' ');
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0;
  return words === 0 ? null : Math.max(1, Math.round(words / wordsPerMinute(language)));
}
