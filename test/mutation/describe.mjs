const around = 24;

/** The change itself, with a little of what stands around it. */
export function describe(path, text, { at, end, is }) {
  const was = text.slice(at, end);
  let [before, behind] = [0, 0];
  while (before < is.length && was[before] === is[before]) before += 1;
  while (behind < Math.min(was.length, is.length) - before && was.at(-1 - behind) === is.at(-1 - behind)) behind += 1;
  const cut = (words) => words.slice(Math.max(0, before - around), words.length - Math.max(0, behind - around));
  const short = (words) => cut(words).replace(/\s+/g, ' ').trim() || '(nothing)';
  return `${path}:${text.slice(0, at).split('\n').length}: ${short(was)} → ${short(is)}`;
}
