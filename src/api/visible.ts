/** Characters that show nothing by themselves: spaces, controls, joiners, marks of direction, fillers, variation selectors. */
const unseen =
  /[\p{Z}\p{C}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** True for a text of which a reader sees something. Joiners within words are no harm: Arabic and Persian need them. */
export const isVisible = (text: string): boolean => text.replace(unseen, '') !== '';
