import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaunchOptions } from 'playwright-core';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Nothing of this leaves the machine: no update checks, no reports, no first-run pages. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-breakpad',
  '--no-pings',
  '--no-first-run',
  '--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,CertificateTransparencyComponentUpdater',
];

/** A container's /dev/shm is often 64 MB, too small for Chromium's pages: they go to the temporary directory. */
const smallMachine = ['--disable-dev-shm-usage', '--disable-gpu'];

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** How to launch a Chromium on this machine: the one of the npm package where it runs, else the system's. */
export function chromiumLaunch(): LaunchOptions {
  // Root has no use for the sandbox of unprivileged users, and Chromium refuses to start with it.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const packed = process.platform === 'linux' && process.arch === 'x64' ? unpacked() : undefined;
  if (packed && runs(packed.path, packed.env)) {
    return { executablePath: packed.path, env: packed.env, args: [...quiet, ...smallMachine, '--no-sandbox'] };
  }
  const system = findSystem();
  if (!system) throw new Error('No Chromium runs here: install the system’s `chromium` package for the browser tests');
  return { executablePath: system, args: [...quiet, ...smallMachine, ...sandbox] };
}

/**
 * The system's fonts, and the package's, the only ones on a bare Linux. The package's own file names folders of a
 * Lambda, and Chromium ends at the first text when there is no font at all.
 */
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** Unpacks once (about three seconds), into the project's cache; a rename makes it visible whole or not at all. */
function unpacked(): { path: string; env: Record<string, string> } {
  const manifest = readFileSync(join(modules, '@sparticuz', 'chromium', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const home = join(modules, '.cache', `chromium-${version}-with-fonts`);
  if (!existsSync(join(home, 'chromium'))) unpackInto(home);
  const libraries = [process.env.LD_LIBRARY_PATH, join(home, 'al2023', 'lib')].filter(Boolean).join(':');
  const fonts = { FONTCONFIG_FILE: join(home, 'fonts', 'fonts.conf') };
  return {
    path: join(home, 'chromium'),
    env: { ...(process.env as Record<string, string>), LD_LIBRARY_PATH: libraries, ...fonts },
  };
}

/** The package unpacks to the temporary directory, and the libraries of a bare Linux only on a Lambda: so it is told. */
function unpackInto(home: string): void {
  mkdirSync(dirname(home), { recursive: true });
  const scratch = mkdtempSync(`${home}-`);
  try {
    const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: dirname(modules),
      env: { ...process.env, TMPDIR: scratch, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    });
    writeFileSync(join(scratch, 'fonts', 'fonts.conf'), fontsConf);
    renameSync(scratch, home);
  } catch (error) {
    if (!existsSync(join(home, 'chromium'))) throw error; // else another process was faster
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function runs(path: string, env?: Record<string, string>): boolean {
  return spawnSync(path, ['--version'], { env, timeout: 20_000 }).status === 0;
}

function findSystem(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const inPath = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...inPath, ...macPaths].find((path) => existsSync(path) && runs(path));
}
