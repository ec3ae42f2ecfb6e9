import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes a data directory with its embedded database, also where that lives elsewhere (as root: behind a link). */
export function removeEmbedded(dataDir) {
  let home;
  try {
    home = realpathSync(join(dataDir, 'postgres'));
  } catch {
    // never started
  }
  if (home) rmSync(home, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
