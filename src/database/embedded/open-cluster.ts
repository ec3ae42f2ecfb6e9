import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { canEnter, serverAccount, type Account } from './account.js';
import { findBinaries, systemHome } from './binaries.js';
import type { Cluster } from './cluster.js';
import { newConnection, readConnection, writeConnection, type Connection } from './connection-file.js';
import { createCluster, removeInterrupted } from './create-cluster.js';
import { EmbeddedError } from './embedded-error.js';

/** Opens the cluster of a data directory; makes it the first time, and again where that was interrupted. */
export async function openCluster(dataDir: string, log: (line: string) => void): Promise<Cluster> {
  const seen = join(dataDir, 'postgres');
  refuseLostCluster(seen);
  const account = serverAccount(seen);
  const binaries = await findBinaries(account);
  const connection = existsSync(seen) ? existing(dataDir, seen) : planned(dataDir, account);
  const cluster = { dataDir, account, binaries, connection };
  removeInterrupted(connection.home);
  if (!existsSync(connection.home)) {
    log('Creating the embedded database (once) …');
    await createCluster(cluster);
  }
  if (!existsSync(seen)) symlinkSync(connection.home, seen);
  refuseForeignCluster(cluster, seen);
  return cluster;
}

function existing(dataDir: string, seen: string): Connection {
  const connection = readConnection(dataDir);
  if (connection) return { ...connection, home: lstatSync(seen).isSymbolicLink() ? readlinkSync(seen) : seen };
  throw new EmbeddedError(
    `${dataDir}/postgres.json, which holds the password of ${seen}, is not there; put it back, or set another DATA_DIR`,
  );
}

/** Written down before anything is made, so that an interrupted start is found and repeated in the same place. */
function planned(dataDir: string, account: Account): Connection {
  const inside = join(dataDir, 'postgres');
  const begun = readConnection(dataDir);
  if (begun && (begun.home === inside) === canEnter(account, dataDir)) return begun;
  const connection = newConnection(canEnter(account, dataDir) ? inside : elsewhere());
  writeConnection(dataDir, connection);
  return connection;
}

function elsewhere(): string {
  mkdirSync(systemHome, { recursive: true, mode: 0o755 });
  return join(systemHome, randomBytes(8).toString('hex'));
}

function refuseLostCluster(seen: string): void {
  const link = lstatSync(seen, { throwIfNoEntry: false });
  if (link?.isSymbolicLink() && !existsSync(seen))
    throw new EmbeddedError(
      `${seen} points to ${readlinkSync(seen)}, which is not there; put it back, or set another DATA_DIR`,
    );
}

function refuseForeignCluster({ account, binaries, connection }: Cluster, seen: string): void {
  const owner = statSync(connection.home).uid;
  if (owner !== (account.uid ?? process.getuid?.()))
    throw new EmbeddedError(
      `${seen} belongs to user ${owner}; start as that user (or as root), or set another DATA_DIR`,
    );
  if (!canEnter(account, connection.home))
    throw new EmbeddedError(
      `User ${owner}, who owns ${connection.home}, cannot enter it: a folder above it is closed to others`,
    );
  const major = Number(readFileSync(join(connection.home, 'PG_VERSION'), 'utf8'));
  if (major !== binaries.major)
    throw new EmbeddedError(
      `${seen} was made by PostgreSQL ${major}, this program brings ${binaries.major}; dump and restore it, or set another DATA_DIR`,
    );
}
