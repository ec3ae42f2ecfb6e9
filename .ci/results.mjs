// Jest's own results. `failed`: the files that failed. `count FIRST [AGAIN]`: the closing line; what AGAIN ran counts as it ended there.
import { existsSync, readFileSync } from 'node:fs';

const [what, first, again] = process.argv.slice(2);
const filesOf = (path) => (path && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).testResults : []);
const before = filesOf(first);

if (what === 'failed') {
  console.log(
    before
      .filter(({ status }) => status === 'failed')
      .map(({ name }) => name)
      .join('\n'),
  );
} else {
  const after = filesOf(again);
  const files = [...before.filter(({ name }) => !after.some((file) => file.name === name)), ...after];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const count = (status) => tests.filter((test) => test.status === status).length;
  const notRun = files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  const failed = count('failed') + notRun.length + (files.length === 0 ? 1 : 0);
  console.log(`${count('passed')} passed, ${failed} failed${count('pending') ? `, ${count('pending')} skipped` : ''}`);
}
