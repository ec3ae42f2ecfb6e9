import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { sql } from '../database/sql.js';

const heartbeatMs = 5_000;

/** A worker, `w`, that has not been seen for this long is dead; six heartbeats. */
export const isDead = `w.seen_at < clock_timestamp() - interval '30 seconds'`;

/** Who this worker is in the ledger, and its sign of life. Heartbeats go by the database's own clock, never by CLOCK_OFFSET. */
@Injectable()
export class WorkerIdentity implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly id = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  private readonly log = new Logger('Worker');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.ROLES.includes('worker')) return;
    await this.beat();
    this.timer = setInterval(() => {
      this.beat().catch((error: unknown) => this.log.warn(`No heartbeat: ${String(error)}`));
    }, heartbeatMs);
  }

  /** After the queue has drained: until then what is armed is in living hands. What still is belongs to nobody now, and the next tick says that its outcome is unknown. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.timer) return;
    clearInterval(this.timer);
    await sql(this.db, `update worker set seen_at = '-infinity' where id = $1`, [this.id]);
  }

  private async beat(): Promise<void> {
    await sql(
      this.db,
      `insert into worker (id, started_at, seen_at) values ($1, clock_timestamp(), clock_timestamp())
       on conflict (id) do update set seen_at = excluded.seen_at`,
      [this.id],
    );
  }
}
