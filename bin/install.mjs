import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { alone } from './lock.mjs';
import { root, Stop } from './root.mjs';

/** Runs `npm ci` unless node_modules is what package-lock.json says, for this platform. Needs no network then. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await alone('install', async () => {
    if (isInstalled()) return; // by the one we waited for
    console.log('Installing the packages, once; this takes a minute or two …');
    await npmCi();
  });
}

/**
 * npm writes node_modules/.package-lock.json as the very last step of an install, so an interrupted one has none.
 * Packages somebody added by hand do no harm; `optional` ones may be missing, for they exist for some platforms only.
 */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const there = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!there) return false;
  const complete = Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    const found = there[path];
    if (!found) return path === '' || optional || devOptional;
    return found.version === version && found.integrity === integrity;
  });
  return complete && Object.values(there).every(fitsHere);
}

function packagesOf(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** False for packages of another system: a folder that was copied, or is shared with a container. */
function fitsHere({ os, cpu }) {
  return (!os || allows(os, process.platform)) && (!cpu || allows(cpu, process.arch));
}

function allows(names, name) {
  if (names.includes(`!${name}`)) return false;
  return names.every((each) => each.startsWith('!')) || names.includes(name);
}

/** npm's own words (most are warnings about the caller's old Node) are shown only if it fails. */
async function npmCi() {
  const flags = [
    '--include=dev',
    '--include=optional',
    '--engine-strict=false',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
  ];
  const [command, ...args] = [...npm(), 'ci', ...flags];
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  process.stderr.write(Buffer.concat(said));
  throw new Stop('The packages could not be installed: see npm’s words above. Is the npm registry in reach?');
}

/** The npm that called us, if one did. */
function npm() {
  const path = process.env.npm_execpath;
  return path && basename(path).startsWith('npm') ? [process.execPath, path] : ['npm'];
}
