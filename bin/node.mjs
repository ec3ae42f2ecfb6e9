import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, Stop } from './root.mjs';

/** The Node that came with the packages; where there is no build of it, the caller's, if that is new enough. */
export function chooseNode() {
  const oldest = oldestMajor();
  const own = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(own) && majorOf(own) >= oldest) return own;
  if (Number.parseInt(process.versions.node, 10) >= oldest) return process.execPath;
  throw new Stop(
    `Node ${oldest} or newer is needed, this is ${process.version}, and the one from the npm package \`node\` does not run on ` +
      `${process.platform} ${process.arch} here. Install Node ${oldest} and try again.`,
  );
}

function oldestMajor() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Number(/\d+/.exec(engines.node)[0]);
}

function majorOf(node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout.slice(1), 10) : 0;
}
