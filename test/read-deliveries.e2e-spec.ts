import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { sql } from '../src/database/sql.js';
import { deliveryStates } from '../src/deliveries/delivery.js';
import { deliveryCsv } from '../src/deliveries/delivery-csv.js';
import { readDeliveries, type DeliveryFilter, type DeliveryView } from '../src/deliveries/read-deliveries.js';
import { openSlices } from '../src/deliveries/slice.js';
import { TendSlice } from '../src/deliveries/tend-slice.js';
import { freshDatabase } from './support/database.js';
import { addListWithReaders, addSendingEditions, sliceAll } from './support/readers-of-a-list.js';

const readers = 7;
const editions = 3;
let db: DataSource;
let ledger: DeliveryView[];

/** Three editions whose deliveries are in all states, their ids mixed. */
beforeAll(async () => {
  db = await openDataSource((await freshDatabase()).url);
  await addListWithReaders(db, readers);
  await addSendingEditions(db, editions);
  await sql(
    db,
    `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, token, worker, next_at, expires_at, message_id, planned_at)
     select v.edition_id, s.id, v.id, 'special', current_date, ($1::delivery_state[])[1 + (s.id * ${editions} + v.edition_id) % cardinality($1::delivery_state[])],
            gen_random_uuid(), 'w', now(), now(), 'm', now() from subscription s, variant v order by s.id, v.edition_id`,
    [deliveryStates],
  );
  await sliceAll(db);
});
afterAll(() => db.destroy());

async function tendAll(): Promise<void> {
  const tendSlice = new TendSlice(db);
  for (const slice of await openSlices(db, 'true')) await tendSlice.run(slice, Temporal.Now.instant());
  expect(await openSlices(db, 'true')).toEqual([]);
}

/** Every page of a filter, one after the other. */
async function walk(filter: Partial<DeliveryFilter>, limit: number): Promise<DeliveryView[]> {
  const found: DeliveryView[] = [];
  for (;;) {
    const rows = await readDeliveries(db, { ...filter, before: found.at(-1)?.id ?? null, limit });
    found.push(...rows);
    if (rows.length < limit) return found;
  }
}

const withEach = <T>(values: T[]): (T | undefined)[] => [undefined, ...values];

describe('the deliveries of a ledger with many editions', () => {
  it.each([
    ['while letters of them wait', async () => undefined],
    ['once none does', tendAll],
  ])(
    'are paged newest first, each once, by edition, state and subscriber and all their combinations, %s',
    async (_when, happens) => {
      await happens();
      ledger = await walk({}, 1_000);
      expect(ledger).toHaveLength(readers * editions);
      const all = (of: (row: DeliveryView) => string) => [...new Set(ledger.map(of))];
      for (const edition of withEach(all((row) => row.edition)))
        for (const subscriber of withEach(all((row) => row.subscriber)))
          for (const state of withEach([...deliveryStates])) {
            const wanted = ledger.filter(
              (row) =>
                (!edition || row.edition === edition) &&
                (!subscriber || row.subscriber === subscriber) &&
                (!state || row.state === state),
            );
            const filter = { edition, subscriber, state } as Partial<DeliveryFilter>;
            expect([filter, ids(await walk(filter, 2))]).toEqual([filter, ids(wanted)]);
          }
      expect(ids(ledger)).toEqual(ids(ledger).sort((one, other) => other - one));
    },
  );

  it('are written as CSV in the order of their ids', async () => {
    const { edition } = ledger[0]!;
    let csv = '';
    for await (const lines of deliveryCsv(db, edition)) csv += lines;
    const written = csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => Number(line.split(',')[0]));
    expect(written).toEqual(ids(ledger.filter((row) => row.edition === edition)).reverse());
  });
});

const ids = (rows: DeliveryView[]): number[] => rows.map(({ id }) => Number(id));
