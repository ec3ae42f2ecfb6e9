// The commands of package.json. Plain enough for Node 18: this file runs before anything is installed.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { inForeground } from './children.mjs';
import { edition } from './edition.mjs';
import { faults } from './faults.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureLibatomic } from './libatomic.mjs';
import { lint } from './lint.mjs';
import { chooseNode } from './node.mjs';
import { root, Stop } from './root.mjs';

const commands = {
  async start(node, args) {
    await ensureBuilt(node);
    return inForeground(node, ['--enable-source-maps', 'dist/main.js', ...args]);
  },
  async dev(node, args) {
    return inForeground(node, [installed('@nestjs/cli/bin/nest.js'), 'start', '--watch', ...args]);
  },
  async build(node) {
    await ensureBuilt(node, { always: true });
    return 0;
  },
  async lint(node, args) {
    return lint(node, args);
  },
  async test(node, args) {
    await ensureBuilt(node);
    const linted = args.length > 0 ? 0 : await lint(node, []);
    return linted || inForeground(node, [...jest, ...args, '--selectProjects', 'unit', 'journey']);
  },
  async 'test:faults'(node, args) {
    await ensureBuilt(node);
    return faults(node, [
      ...jest,
      '--maxWorkers',
      '4',
      '--testTimeout',
      '240000',
      ...args,
      '--selectProjects',
      'faults',
    ]);
  },
  async bench(node, [name, ...args]) {
    const names = benches();
    if (!names.includes(name)) throw new Stop(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
    await ensureBuilt(node);
    return inForeground(node, [join('bench', `${name}.bench.mjs`), ...args]);
  },
  async mutate(node, args) {
    await ensureBuilt(node);
    return inForeground(node, ['test/mutation/mutate.mjs', ...args]);
  },
  async edition(_node, args) {
    return edition(args);
  },
  async pictures(node) {
    await ensureBuilt(node);
    return inForeground(node, ['bin/pictures.mjs']);
  },
  async docs(node) {
    await ensureBuilt(node);
    return inForeground(node, ['bin/docs.mjs']);
  },
};

const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  installed('jest/bin/jest.js'),
  '--json',
  '--outputFile=.cache/test-results.json',
];

function benches() {
  return readdirSync(join(root, 'bench'))
    .filter((file) => file.endsWith('.bench.mjs'))
    .map((file) => file.replace('.bench.mjs', ''));
}

function installed(path) {
  return join(root, 'node_modules', path);
}

async function main([name, ...args]) {
  const command = commands[name];
  if (!command) throw new Stop(`Unknown command ${name}. Known: ${Object.keys(commands).join(', ')}.`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  await ensureLibatomic(); // before: npm runs scripts of packages with the Node that it installs
  await ensureInstalled();
  return command(chooseNode(), args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  if (error.message) console.error(error.message);
  process.exitCode = error.exitCode;
}
