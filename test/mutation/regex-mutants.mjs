/** A regular expression without one of its alternatives, anchors or flags. */
export function regexMutants(literal) {
  const end = literal.lastIndexOf('/');
  const [body, flags] = [literal.slice(1, end), literal.slice(end + 1)];
  const bodies = [...withoutAnchors(body), ...withoutAlternatives(body)];
  const without = [...flags].filter((flag) => 'gi'.includes(flag)).map((flag) => flags.replace(flag, ''));
  return [...bodies.map((one) => `/${one}/${flags}`), ...without.map((fewer) => `/${body}/${fewer}`)];
}

/** Each `|` ends an alternative that begins at the `|`, the group or the expression before it. */
function withoutAlternatives(body) {
  const groups = [{ start: 0, bars: [] }];
  const cuts = [];
  const close = ({ start, bars }, end) => {
    const borders = [start - 1, ...bars, end];
    if (bars.length > 0) for (let n = 1; n < borders.length; n++) cuts.push(cutOf(borders, n));
  };
  let inClass = false;
  for (let at = 0; at < body.length; at++) {
    if (body[at] === '\\') at += 1;
    else if (inClass) inClass = body[at] !== ']';
    else if (body[at] === '[') inClass = true;
    else if (body[at] === '(')
      groups.push({ start: at + /^\((\?[:=!]|\?<[=!]?)?/.exec(body.slice(at))[0].length, bars: [] });
    else if (body[at] === ')') close(groups.pop(), at);
    else if (body[at] === '|') groups.at(-1).bars.push(at);
  }
  close(groups[0], body.length);
  return cuts.map(([from, to]) => body.slice(0, from) + body.slice(to));
}

/** From the bar before an alternative to its end; the first one goes with the bar behind it. */
const cutOf = (borders, n) => (n === 1 ? [borders[0] + 1, borders[1] + 1] : [borders[n - 1], borders[n]]);

function withoutAnchors(body) {
  return [...body.matchAll(/\\b|(?<![[\\(?])\^|(?<!\\)\$(?=$|\||\))/g)].map(
    ({ index, 0: anchor }) => body.slice(0, index) + body.slice(index + anchor.length),
  );
}
