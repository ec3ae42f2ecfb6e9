import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { sql } from '../src/database/sql.js';
import { readyTogether } from '../src/deliveries/ready-together.js';
import { freshDatabase } from './support/database.js';
import { addListWithReaders } from './support/readers-of-a-list.js';

let db: DataSource;

beforeAll(async () => {
  db = await openDataSource((await freshDatabase()).url);
  await addListWithReaders(db, 0);
});
afterAll(() => db.destroy());

/** @param day of December 2011 */
async function addEdition(kind: 'morning' | 'special', day: number, dueHour: number, state = 'ready'): Promise<string> {
  const [edition] = await sql<{ id: string }>(
    db,
    `with i as (insert into issue (list_id, local_date) values (1, make_date(2011, 12, $2)) on conflict (list_id, local_date)
                do update set list_id = 1 returning id)
     insert into edition (issue_id, list_id, kind, audience, state, due_at, local_date, opened_at, composed_at)
     select id, 1, $1, case $1 when 'special' then 'all' else 'due' end, $4, make_timestamptz(2011, 12, $2, $3, 0, 0, 'UTC'), make_date(2011, 12, $2), now(), now() from i
     returning id`,
    [kind, day, dueHour, state],
  );
  return edition!.id;
}

it('plans mornings of one date at once, those of another date after them, and each special edition by itself', async () => {
  const held = await addEdition('morning', 27, 6); // approved late, in the same tick as the next day's
  const east = await addEdition('morning', 28, 6);
  const special = await addEdition('special', 28, 7);
  const west = await addEdition('morning', 28, 7);
  const other = await addEdition('special', 28, 8);
  await addEdition('morning', 28, 8, 'composing');
  expect(await readyTogether(db)).toEqual([[held], [east, west], [special], [other]]);
});
