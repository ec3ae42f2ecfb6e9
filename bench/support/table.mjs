const heads = ['what', 'measured', 'yardstick in the same run', 'ratio', 'wanted'];

/** Rows of `{ what, measured, yardstick, ratio, wanted }` as a Markdown table. */
export function formatTable(rows) {
  const cells = [heads, heads.map(() => '---'), ...rows.map((row) => heads.map((_, n) => cellOf(row, n)))];
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const cellOf = ({ what, measured, yardstick = '', ratio, wanted = '' }, column) =>
  [what, measured, yardstick, ratio === undefined ? '' : ratio.toFixed(2), wanted][column];
