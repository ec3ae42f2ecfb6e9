/** The way a text runs, by the letters it has most of. (`dir="auto"` asks only the first one, and turns round
 *  an Arabic headline that begins with "CERN".) Text without letters: undecided. */
export function directionOf(text: string): 'ltr' | 'rtl' | 'auto' {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const rightToLeft =
    text.match(/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/gu)?.length ?? 0;
  if (letters === 0) return 'auto';
  return rightToLeft * 2 > letters ? 'rtl' : 'ltr';
}
