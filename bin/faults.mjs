import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inForeground } from './children.mjs';
import { root } from './root.mjs';

const table = join(root, '.cache', 'faults.md');

/** Runs the matrix of faults, and shows at its end what each case came to, as docs/RELIABILITY.md has it. */
export async function faults(node, args) {
  rmSync(table, { force: true });
  process.env.FAULTS_TABLE = table;
  const started = Date.now();
  const code = await inForeground(node, args);
  const rows = existsSync(table) ? readFileSync(table, 'utf8').trimEnd() : '';
  console.log('| fault | readers | accepted | unknown | duplicates | seconds | invariants |');
  console.log('|---|--:|--:|--:|--:|--:|---|');
  console.log(rows);
  console.log(`${Math.round((Date.now() - started) / 1000)} s in all`);
  return code;
}
