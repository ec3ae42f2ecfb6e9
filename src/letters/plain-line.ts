const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No grapheme of a language needs more; without a bound a single one, with its accents piled up, could fill a letter. */
const unitsPerGrapheme = 8;

/** Text from outside as one line of text: control characters and line ends would end a header, bidi overrides and
 *  isolates would turn round what stands beside them, lone surrogates and non-characters are no text at all. */
export function plainLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u202A-\u202E\u2066-\u2069]|\p{Noncharacter_Code_Point}/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp} ]+/gu, ' ')
    .trim();
}

/** Cuts to at most `max` graphemes, the "…" included; between words if there is a space to cut at. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const units = text.slice(0, max * unitsPerGrapheme).toWellFormed();
  const kept = [...graphemes.segment(units)].slice(0, max).map((part) => part.segment);
  if (kept.join('') === text) return text;
  const cut = kept.slice(0, -1).join('');
  const border = cut.lastIndexOf(' ');
  const words = border > cut.length / 2 ? cut.slice(0, border) : cut;
  return `${words.replace(/[\s,;:.–—-]+$/u, '')}…`;
}
