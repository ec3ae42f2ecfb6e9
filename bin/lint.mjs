import { join } from 'node:path';
import { captured } from './children.mjs';
import { root, Stop } from './root.mjs';

const checks = {
  eslint: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
  types: ['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.lint.json'],
  architecture: ['dependency-cruiser/bin/dependency-cruiser.mjs', 'src', '--config', '.dependency-cruiser.cjs'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
};

/** All checks, or those that are named; side by side, each shown when it has ended. */
export async function lint(node, names) {
  const started = Date.now();
  const chosen = names.length > 0 ? names : Object.keys(checks);
  const unknown = chosen.find((name) => !checks[name]);
  if (unknown) throw new Stop(`Unknown check ${unknown}. Known: ${Object.keys(checks).join(', ')}.`);
  const codes = await Promise.all(chosen.map((name) => check(node, name)));
  const failed = codes.filter((code) => code !== 0).length;
  console.log(
    `lint: ${failed === 0 ? 'all well' : `${failed} of ${chosen.length} checks failed`} (${seconds(started)})`,
  );
  return failed === 0 ? 0 : 1;
}

async function check(node, name) {
  const started = Date.now();
  const [script, ...args] = checks[name];
  const { code, said } = await captured(node, [join(root, 'node_modules', script), ...args]);
  console.log(`lint: ${name} ${code === 0 ? 'ok' : 'failed'} (${seconds(started)})`);
  if (code !== 0) console.log(said);
  return code;
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
