import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from './migrations.js';

// A `date` is a day of a calendar, not an instant: node-postgres would make it midnight in this process's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Settings of the one connection pool. Entities are added by Nest (autoLoadEntities). */
export function dataSourceOptions(url: string, poolSize = 20): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    migrations,
    synchronize: false,
    migrationsRun: false,
    logging: false,
    connectTimeoutMS: 5_000,
    // No statement of ours earns back its compiling (20 ms of 400 when readers are gathered), and in a large ledger the planner thinks slices much larger than they are.
    extra: { onConnect: (client: pg.ClientBase) => client.query('set jit = off') },
    applicationName: 'daily-news-brief',
    // Without a listener, node-postgres takes the process down when an idle connection breaks (tried: MAIL.md).
    poolErrorHandler: (error: Error) => new Logger('Database').warn(`Lost an idle connection: ${error.message}`),
  };
}

/** A pool of its own, for what runs outside Nest: migrations, tests, benches. */
export async function openDataSource(url: string, poolSize = 2): Promise<DataSource> {
  return new DataSource(dataSourceOptions(url, poolSize)).initialize();
}
