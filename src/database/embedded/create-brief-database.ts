import pg from 'pg';
import type { Cluster } from './cluster.js';
import { stopServer } from './server.js';

/** Creates the database `brief` unless it is there; stops the server if it cannot be asked. */
export async function createBriefDatabase(cluster: Cluster, url: string): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const client = new pg.Client({ connectionString: maintenance.href });
  try {
    await client.connect();
    const { rowCount } = await client.query(`select from pg_database where datname = 'brief'`);
    if (rowCount === 0) await client.query('create database brief');
  } catch (error) {
    await stopServer(cluster);
    throw error;
  } finally {
    await client.end();
  }
}
