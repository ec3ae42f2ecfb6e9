// Jest's own results. `failed FILE`: the test files that failed. `count FILE…`: the closing line; a test file counts as it ended last.
import { existsSync, readFileSync } from 'node:fs';

const [what, ...paths] = process.argv.slice(2);
const ended = new Map();
for (const path of paths.filter(existsSync))
  for (const file of JSON.parse(readFileSync(path, 'utf8')).testResults) ended.set(file.name, file);
const files = [...ended.values()];

if (what === 'failed') {
  const failed = files.filter(({ status }) => status === 'failed');
  console.log(failed.map(({ name }) => name).join('\n'));
} else {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const count = (status) => tests.filter((test) => test.status === status).length;
  const notRun = files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  const failed = count('failed') + notRun.length + (files.length === 0 ? 1 : 0);
  console.log(`${count('passed')} passed, ${failed} failed${count('pending') ? `, ${count('pending')} skipped` : ''}`);
}
