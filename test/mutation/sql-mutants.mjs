/** Whether a template is a statement, or a part of one. */
export const isSql = (text) => /\b(select|update|insert|delete|coalesce|case when|interval)\b|\w [=<>]+ /.test(text);

const words = [
  [/\bnot exists\b/g, 'exists'],
  [/(?<!not )\bexists\b/g, 'not exists'],
  [/ = (?=any\b)/g, ' <> '],
  [/ <= /g, ' < '],
  [/ < /g, ' <= '],
  [/ >= /g, ' > '],
  [/ > /g, ' >= '],
  [/\bis not null\b/g, 'is null'],
  [/\bis null\b/g, 'is not null'],
  [/\bmax\(/g, 'min('],
  [/\bmin\(/g, 'max('],
  [/ or /g, ' and '],
  [/ desc\b/g, ''],
  [/\bdistinct /g, ''],
  [/(?<= )\+ 1\b/g, '- 1'],
  [/(?<= )- 1\b/g, '+ 1'],
];

/** @returns {{ at: number, end: number, is: string }[]} within the template */
export function sqlMutants(text) {
  const changed = words.flatMap(([word, is]) =>
    [...text.matchAll(word)].map(({ index, 0: was }) => ({ at: index, end: index + was.length, is })),
  );
  return [...changed, ...comparisons(text), ...conjuncts(text)];
}

/** Only behind `where`, `on` and `and`: elsewhere `=` gives a column its value. */
function comparisons(text) {
  return [...text.matchAll(/(?<=\b(?:where|on|and|when|or|\()\s*\(?[\w.'$()${} -]{1,60}) = /g)].map(({ index }) => ({
    at: index,
    end: index + 3,
    is: ' <> ',
  }));
}

/** Each condition taken out: from its `and` to the next one on its level, or to the end of the condition. */
function conjuncts(text) {
  return [...text.matchAll(/\band\b/g)].map(({ index }) => ({ at: index, end: endOf(text, index + 3), is: '' }));
}

const ends = /^\s(and|or|then|returning|group by|order by|limit|from|union|on conflict)\b/;

function endOf(text, from) {
  let depth = 0;
  for (let at = from; at < text.length - 1; at++) {
    if ('({'.includes(text[at])) depth += 1;
    else if (')}'.includes(text[at]) && --depth < 0) return at;
    else if (depth === 0 && ends.test(text.slice(at, at + 14))) return at;
  }
  return text.length - 1;
}
