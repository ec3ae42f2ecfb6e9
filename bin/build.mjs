import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { captured } from './children.mjs';
import { alone } from './lock.mjs';
import { root, Stop } from './root.mjs';

const stamp = join(root, 'dist', '.built-from');

/** Builds if the sources are not those of the last build. Their content counts, not their dates. */
export async function ensureBuilt(node, { always = false } = {}) {
  if (!always && isBuilt()) return;
  await alone('build', async () => {
    if (!always && isBuilt()) return; // by the one we waited for
    console.log('Building …');
    const sources = hashSources(); // before: what is saved during the build is built next time
    const { code, said } = await captured(node, [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build']);
    if (code !== 0) throw new Stop(`${said}\nThe build failed.`);
    writeFileSync(stamp, sources);
  });
}

function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources();
}

function hashSources() {
  const hash = createHash('sha256');
  for (const path of ['package-lock.json', '.swcrc', 'nest-cli.json', 'tsconfig.json', ...sourcesIn('src')]) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function sourcesIn(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesIn(path);
    return path.endsWith('.spec.ts') ? [] : [path];
  });
}
