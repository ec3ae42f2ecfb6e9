// How fast deliveries are, as ratios within one run: npm run bench -- deliver [SECTION …] [--letters=N] [--readers=N] [--subscriptions=N]
import { parseArgs } from 'node:util';
import { openGround } from './support/ground.mjs';
import { endAll } from './support/processes.mjs';
import { formatTable } from './support/table.mjs';
import * as sections from './support/deliver-sections.mjs';

const names = Object.keys(sections);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    letters: { type: 'string', default: '20000' },
    readers: { type: 'string', default: '1000000' },
    subscriptions: { type: 'string', default: '1000000' },
    profile: { type: 'string' },
  },
});
const size = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value) || value]));
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
