// npm run mutate [-- FILE …]: spoils the files of targets.mjs, one small change at a time, and says which changes no test notices.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import startJourneys from '../support/global-setup.mjs';
import endJourneys from '../support/global-teardown.mjs';
import { describe } from './describe.mjs';
import { mutantsOf } from './mutants.mjs';
import { targets } from './targets.mjs';
import { Workshop } from './workshop.mjs';

const root = resolve(import.meta.dirname, '../..');
const atOnce = 2;

const wanted = process.argv.slice(2);
const chosen = Object.entries(targets).filter(
  ([path]) => wanted.length === 0 || wanted.some((part) => path.includes(part)),
);
const workshops = Array.from({ length: atOnce }, () => new Workshop(root));
process.once('exit', () => workshops.forEach((workshop) => workshop.close()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => void endJourneys().finally(() => process.exit(1)));
let alive = 0;
try {
  if (chosen.some(([, { tests }]) => tests.some((test) => test.includes('e2e-spec')))) await startJourneys();
  console.log('| file | mutants | killed | equivalent | survived |\n|---|--:|--:|--:|--:|');
  const survivors = [];
  for (const [path, target] of chosen) survivors.push(...(await tryFile(path, target)));
  console.log(survivors.join('\n'));
} finally {
  await endJourneys();
}
process.exitCode = alive > 0 ? 1 : 0;

/** @returns a line for each mutant that survived */
async function tryFile(path, { tests, equivalent = {} }) {
  const text = readFileSync(join(root, path), 'utf8');
  for (const workshop of workshops)
    if (!(await workshop.passes(tests))) throw new Error(`${tests.join(', ')} fails without any mutant`);
  const mutants = mutantsOf(path, text);
  const waiting = [...mutants];
  const survivors = [];
  await Promise.all(
    workshops.map(async (workshop) => {
      for (let mutant; (mutant = waiting.shift());) {
        workshop.write(path, text.slice(0, mutant.at) + mutant.is + text.slice(mutant.end));
        if (await workshop.passes(tests)) survivors.push(mutant);
      }
      workshop.write(path, text);
    }),
  );
  const lines = survivors.sort((one, other) => one.at - other.at).map((mutant) => describe(path, text, mutant));
  const left = lines.filter((line) => !Object.keys(equivalent).some((known) => line.includes(known)));
  alive += left.length;
  const killed = mutants.length - survivors.length;
  console.log(`| ${path} | ${mutants.length} | ${killed} | ${lines.length - left.length} | ${left.length} |`);
  return left;
}
