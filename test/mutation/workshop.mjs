import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const copied = ['src', 'test', 'package.json', 'jest.config.mjs', '.swcrc', 'tsconfig.json'];
const linked = ['node_modules', 'dist'];
const limitMs = 120_000;

/** All journeys share the Postgres that `mutate.mjs` has started. */
const config = `import config from './jest.config.mjs';
const projects = config.projects.map(({ globalSetup, globalTeardown, ...rest }) => rest);
export default { ...config, projects };
`;

/** A copy of the project in which files are spoilt, one at a time. The tree itself is never touched. */
export class Workshop {
  constructor(root) {
    this.folder = mkdtempSync(join(realpathSync(tmpdir()), 'mutants-'));
    for (const name of copied) cpSync(join(root, name), join(this.folder, name), { recursive: true });
    for (const name of linked) symlinkSync(join(root, name), join(this.folder, name));
    this.write('mutants.config.mjs', config);
  }

  write(path, text) {
    writeFileSync(join(this.folder, path), text);
  }

  /** Runs test files. True: all of them pass. A run that does not end fails. */
  passes(tests) {
    const jest = join(this.folder, 'node_modules/jest/bin/jest.js');
    const options = ['--config', 'mutants.config.mjs', '--silent', '--bail', '--runInBand'];
    const args = ['--experimental-vm-modules', jest, ...options, '--runTestsByPath', ...tests];
    const child = spawn(process.execPath, args, { cwd: this.folder, stdio: 'ignore', detached: true });
    const late = setTimeout(() => process.kill(-child.pid, 'SIGTERM'), limitMs);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => {
        clearTimeout(late);
        resolve(code === 0);
      });
    });
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
