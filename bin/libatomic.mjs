import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './lock.mjs';
import { isNewEnough } from './node.mjs';
import { root, Stop } from './root.mjs';

const library = 'libatomic.so.1';

/**
 * The packaged Node needs libatomic.so.1, as every official build since Node 25 does. A machine with a compiler has it;
 * a bare Debian or Ubuntu does not. There it is taken out of the distribution's own package, without root and without
 * installing anything. Everything that we start finds it by LD_LIBRARY_PATH. See docs/decisions/0009.
 */
export async function ensureLibatomic() {
  if (process.platform !== 'linux' || isFound() || isNewEnough(process.version)) return;
  const folder = join(root, '.cache', `libatomic-${process.arch}`);
  if (!existsSync(join(folder, library))) await alone('libatomic', () => unpackInto(folder));
  process.env.LD_LIBRARY_PATH = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
}

/** Asks the system's own loader. It finds the library, and Node then says that it is no addon; or it does not. */
function isFound() {
  try {
    process.dlopen({ exports: {} }, library);
    return true;
  } catch ({ message }) {
    return !message.startsWith(`${library}: `);
  }
}

function unpackInto(folder) {
  if (existsSync(join(folder, library))) return; // by the process we waited for
  console.log(`Fetching ${library}, which Node needs and this machine lacks, once …`);
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(`${folder}-`);
  try {
    const found = unpackPackage(scratch);
    copyFileSync(found, join(scratch, library)); // the file behind the link
    renameSync(join(scratch, library), join(folder, library));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @returns the path of the library in `scratch` */
function unpackPackage(scratch) {
  download(scratch);
  const archive = readdirSync(scratch).find((name) => name.endsWith('.deb'));
  run(scratch, 'dpkg-deb', ['--extract', archive, 'package']);
  const inside = readdirSync(join(scratch, 'package'), { recursive: true }).find((path) =>
    path.endsWith(`/${library}`),
  );
  return join(scratch, 'package', inside);
}

/** The system's package lists may be old or, in an image, removed: then with fresh ones of our own. */
function download(scratch) {
  const get = ['--quiet', 'download', 'libatomic1'];
  if (spawnSync('apt-get', get, { cwd: scratch }).status === 0) return;
  const own = ['-o', `Dir::State::Lists=${scratch}/lists`, '-o', `Dir::Cache=${scratch}/cache`];
  run(scratch, 'apt-get', [...own, '--quiet', 'update']);
  run(scratch, 'apt-get', [...own, ...get]);
}

function run(cwd, program, args) {
  const { status, error, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status === 0) return;
  throw new Stop(
    `${error?.message ?? stderr.trim()}\n` +
      `Node needs ${library}. It is not on this machine, and could not be fetched. Install it and try again:\n` +
      '  apt-get install libatomic1     (Debian, Ubuntu)\n' +
      '  dnf install libatomic          (Fedora and the like)',
  );
}
