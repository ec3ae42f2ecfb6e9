const notAtom = /[^A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+/g;

/**
 * The one place that makes Message-IDs: `dot-atom@domain` (RFC 5322 §3.6.4), without the angle brackets. What no atom can hold becomes a hyphen.
 * The words must name the letter: mail systems drop a second letter with the same id.
 */
export function messageId(domain: string, ...words: string[]): string {
  return `${words.map((word) => word.replace(notAtom, '-') || '-').join('.')}@${domain}`;
}

/** The same for a statement that makes many: what stands before a number, and after it. The number continues the last word. */
export function messageIdAround(domain: string, ...words: string[]): [before: string, after: string] {
  const id = messageId(domain, ...words);
  const at = id.lastIndexOf('@');
  return [id.slice(0, at), id.slice(at)];
}
