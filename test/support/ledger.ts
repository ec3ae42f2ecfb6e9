import type { DataSource } from 'typeorm';
import type { Config } from '../../src/config.js';
import { openDataSource } from '../../src/database/data-source.js';
import type { Clock } from '../../src/database/database.module.js';
import { one, sql } from '../../src/database/sql.js';
import { CloseEditions } from '../../src/deliveries/close-editions.js';
import { readEditionView } from '../../src/deliveries/edition-view.js';
import type { Age, LedgerAge } from '../../src/deliveries/ledger-age.js';
import { LedgerWriter } from '../../src/deliveries/ledger-writer.js';
import { OfferSlices } from '../../src/deliveries/offer-slices.js';
import { openSlices } from '../../src/deliveries/slice.js';
import { TendSlice } from '../../src/deliveries/tend-slice.js';
import type { WorkerIdentity } from '../../src/deliveries/worker-identity.js';
import type { Queue } from '../../src/queue/queue.js';
import { freshDatabase, type TestDatabase } from './database.js';
import { addListWithReaders, addSendingEditions, sliceAll } from './readers-of-a-list.js';

export const now = () => Temporal.Now.instant();
export const clock = { recent: async () => now(), now: async () => now() } as Clock;
export const seen: Age = { ledger: '', word: '0', written: '0' };

/** What a worker writes to the ledger with. */
export const writerOn = (db: DataSource, connections: number): LedgerWriter =>
  new LedgerWriter(
    db,
    clock,
    { id: 'a worker' } as WorkerIdentity,
    { seen } as LedgerAge,
    { SMTP_CONNECTIONS: connections } as Config,
  );

/** A ledger with one edition that is being sent, the steps that look after it, and no worker: what one does, tests write. */
export class Ledger {
  readonly tendSlice: TendSlice;
  readonly closeEditions: CloseEditions;

  private constructor(
    private readonly database: TestDatabase,
    readonly db: DataSource,
    readonly edition: string,
  ) {
    this.tendSlice = new TendSlice(db);
    this.closeEditions = new CloseEditions(db, this.tendSlice);
  }

  static async open(readers: number): Promise<Ledger> {
    const database = await freshDatabase();
    const db = await openDataSource(database.url);
    await addListWithReaders(db, readers);
    await addSendingEditions(db, 1);
    return new Ledger(database, db, (await one<{ id: string }>(db, `select id from edition`))!.id);
  }

  get url(): string {
    return this.database.url;
  }

  async drop(): Promise<void> {
    await this.db.destroy();
    await this.database.drop();
  }

  /** Every letter waits, as if the edition had just been planned. */
  async plan(): Promise<void> {
    for (const table of ['delivery', 'slice', 'worker']) await sql(this.db, `delete from ${table}`);
    await sql(this.db, `update edition set state = 'sending'`);
    await sql(
      this.db,
      `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
       select v.edition_id, s.id, v.id, 'special', current_date, 'queued', now(), now() + interval '1 hour', 'm' || s.id, now()
         from variant v, subscription s`,
    );
    await sliceAll(this.db);
  }

  write(change: string, which = 'true'): Promise<unknown> {
    return sql(this.db, `update delivery d set ${change}, settled_at = now() where ${which}`);
  }

  async idOf(which: string): Promise<string> {
    return (await one<{ id: string }>(this.db, `select id from delivery where ${which} limit 1`))!.id;
  }

  async state(): Promise<string> {
    return (await one<{ state: string }>(this.db, `select state from edition`))!.state;
  }

  async counts(): Promise<Record<string, number>> {
    return (await readEditionView(this.db, this.edition))!.counts;
  }

  open() {
    return openSlices(this.db, 'true');
  }

  async tendAll(): Promise<void> {
    for (const slice of await this.open()) await this.tendSlice.run(slice, now());
  }

  close(): Promise<void> {
    return this.closeEditions.closeOne(this.edition, now());
  }

  /** Keys of the jobs that a tick offers. */
  async offered(): Promise<string[]> {
    const keys: string[] = [];
    const queue = { offer: async (_: unknown, key: string) => keys.push(key) } as unknown as Queue;
    await new OfferSlices(this.db, queue).run(now());
    return keys;
  }
}
