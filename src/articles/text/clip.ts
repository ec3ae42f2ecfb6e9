/**
 * The beginning of a text, at most `max` UTF-16 units: whole sentences if at least one fits, else whole words and an ellipsis.
 * @param language a BCP 47 tag; it decides what ends a sentence
 */
export function clip(text: string, max: number, language: string): string {
  if (text.length <= max) return text;
  const sentences = upTo(text, max, 'sentence', language);
  if (sentences) return sentences;
  const words = upTo(text, max - 1, 'word', language) || text.slice(0, max - 1).toWellFormed();
  return `${words.replace(/[\s,;:–—-]+$/u, '')}…`;
}

function upTo(text: string, max: number, granularity: 'sentence' | 'word', language: string): string {
  let end = 0;
  for (const { index, segment } of segmenter(granularity, language).segment(text.slice(0, max * 2))) {
    if (index + segment.trimEnd().length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trim();
}

function segmenter(granularity: 'sentence' | 'word', language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity });
  } catch {
    return new Intl.Segmenter('en', { granularity }); // a tag that is none
  }
}
