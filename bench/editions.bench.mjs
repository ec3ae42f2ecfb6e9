// How fast readers get editions of their own, and editors their desk: npm run bench -- editions [SECTION …] [--readers=N] [--candidates=N]
import { parseArgs } from 'node:util';
import * as sections from './support/editions-sections.mjs';
import { openGround } from './support/ground.mjs';
import { endAll } from './support/processes.mjs';
import { formatTable } from './support/table.mjs';

const names = Object.keys(sections);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    readers: { type: 'string', default: '1000000' },
    candidates: { type: 'string', default: '300' },
  },
});
const size = { readers: Number(values.readers), candidates: Number(values.candidates) };
const asked = positionals.length > 0 ? positionals : names;
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown section ${unknown.join(', ')}. Known: ${names.join(', ')}.`);
  process.exit(1);
}

try {
  const ground = await openGround();
  const rows = [];
  for (const name of asked) {
    console.log(`${name} …`);
    rows.push(...(await sections[name](ground, size)));
  }
  console.log(`\n${formatTable(rows)}`);
} finally {
  await endAll();
}
