import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { sql } from '../database/sql.js';

/** One queue. At most one job waits and one is at work for each key; what a job means lies in our own tables, never in it. */
export interface QueueDefinition {
  name: string;
  /** Jobs of this queue that one process works on at the same time. */
  concurrency: number;
}

/**
 * pg-boss, and nothing of it but this: "somebody, look at this key". A job may be lost, come twice or late;
 * ticks offer it again, and the tables of the stages say what there is to do.
 */
@Injectable()
export class Queue implements OnModuleDestroy {
  private readonly log = new Logger('Queue');
  private readonly known = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private boss?: Promise<PgBoss>;

  constructor(@Inject(CONFIG) private readonly config: Readonly<Config>) {}

  /** Offers a key to the workers; with `tx`, when and only when that transaction commits. */
  async offer(queue: QueueDefinition, key: string, tx?: EntityManager): Promise<void> {
    const boss = await this.start();
    await this.create(boss, queue);
    await boss.send(
      queue.name,
      { key },
      { singletonKey: key, ...(tx ? { db: { executeSql: (text, values) => execute(tx, text, values) } } : {}) },
    );
  }

  /** Works on the queue's keys until the process stops. A handler stops soon after its `signal` is aborted. */
  async work(queue: QueueDefinition, handle: (key: string, signal: AbortSignal) => Promise<void>): Promise<void> {
    const boss = await this.start();
    await this.create(boss, queue);
    const options = { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };
    for (let n = 0; n < queue.concurrency; n++) {
      const id: string = await boss.work<{ key: string }>(queue.name, options, async ([job]) => {
        if (job) await handle(job.data.key, AbortSignal.any([job.signal, this.stopping.signal]));
        boss.notifyWorker(id); // whoever has done one job asks for the next at once, not after the polling interval
      });
    }
  }

  /** Rejects unless the queue's tables answer. */
  async check(): Promise<void> {
    const boss = await this.start();
    await boss.getQueues([]);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    const boss = await this.boss?.catch(() => undefined);
    await boss?.stop({ graceful: true, timeout: 25_000 });
  }

  private start(): Promise<PgBoss> {
    this.boss ??= this.connect().catch((error: unknown) => {
      this.boss = undefined; // Postgres is away: the next one tries again
      throw error;
    });
    return this.boss;
  }

  private async connect(): Promise<PgBoss> {
    const boss = new PgBoss({
      connectionString: this.config.DATABASE_URL!,
      application_name: 'daily-news-brief queue',
      max: 4,
      useListenNotify: true,
      schedule: false,
      // A dead worker's job must be seen within seconds; the defaults are a minute and more (DESIGN.md).
      superviseIntervalSeconds: 5,
      monitorIntervalSeconds: 5,
    });
    boss.on('error', (error) => this.log.warn(`The queue's connection: ${error.message}`));
    return boss.start();
  }

  private create(boss: PgBoss, queue: QueueDefinition): Promise<void> {
    const existing = this.known.get(queue.name);
    if (existing) return existing;
    const created = boss.createQueue(queue.name, {
      policy: 'stately',
      notify: true,
      retryLimit: 3,
      retryDelay: 5,
      heartbeatSeconds: 10,
      expireInSeconds: 3600,
      deleteAfterSeconds: 3600,
    });
    this.known.set(queue.name, created);
    created.catch(() => this.known.delete(queue.name));
    return created;
  }
}

const execute = async (tx: EntityManager, text: string, values?: unknown[]) => ({
  rows: await sql<unknown>(tx, text, values ?? []),
});
