import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import type { Connection } from './connection-file.js';

/** A database cluster, and all it takes to run it. */
export interface Cluster {
  dataDir: string;
  account: Account;
  binaries: Binaries;
  connection: Connection;
}
