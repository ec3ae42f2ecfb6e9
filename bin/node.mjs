import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, Stop } from './root.mjs';

/** The Node that came with the packages; where there is no build of it, the caller's, if that is new enough. */
export function chooseNode() {
  const own = join(root, 'node_modules', '.bin', 'node');
  const { status, stdout, stderr, error } = spawnSync(own, ['--version'], { encoding: 'utf8' });
  if (status === 0 && isNewEnough(stdout)) return own;
  if (isNewEnough(process.version)) return process.execPath;
  throw new Stop(
    `Node ${oldestMajor()} or newer is needed, and this is ${process.version}. The one from the npm package \`node\` does not ` +
      `run on ${process.platform} ${process.arch} here:\n  ${error?.message ?? stderr.trim()}\nInstall Node ${oldestMajor()} and try again.`,
  );
}

/** @param version such as `v26.10.0` */
export function isNewEnough(version) {
  return Number.parseInt(version.slice(1), 10) >= oldestMajor();
}

function oldestMajor() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Number(/\d+/.exec(engines.node)[0]);
}
