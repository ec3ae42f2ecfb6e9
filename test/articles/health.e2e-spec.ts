import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { WatchSources } from '../../src/articles/health/watch-sources.js';
import { sql } from '../../src/database/sql.js';
import { Alarms } from '../../src/health/alarms.js';
import { Outbox } from '../../src/mail/outbox.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { call, startNewsroom, type Newsroom } from './newsroom.js';

const start = Temporal.Instant.from('2026-11-24T05:00:00Z');
let database: TestDatabase;
let room: Newsroom;

beforeAll(async () => {
  database = await freshDatabase();
  room = await startNewsroom(database.url, { DESK_MAIL: 'desk@example.org' });
});

afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

describe('the health of sources', () => {
  it('is judged from their history, told once as an alarm that names the edition, and shown', async () => {
    const db = room.app.get(DataSource);
    await call(`${room.url}/api/v1/lists`, 'POST', {
      slug: 'brief',
      name: 'The brief',
      timeZone: 'UTC',
      localTime: '07:00',
    });
    await sql(db, `update schedule set next_due_at = '2026-11-24T07:00:00Z'`);
    await sql(
      db,
      `insert into source (kind, url, title, created_at, next_poll_at, failures, problem)
       values ('feed', 'https://well.example/', 'Well', $1, $1, 0, null), ('feed', 'https://ill.example/', 'Ill', $1, $1, 4, 'the feed is empty')`,
      [start],
    );
    const raised = jest.spyOn(room.app.get(Alarms, { strict: false }), 'raise').mockReturnValue();
    await room.app.get(WatchSources).run(start);
    await room.app.get(WatchSources).run(start);
    const [ill] = (await call(`${room.url}/api/v1/sources?health=failing`, 'GET')).json.items;
    expect(ill).toMatchObject({
      title: 'Ill',
      health: 'failing',
      healthDetail: 'failed 4 times in a row: the feed is empty',
    });
    expect(raised.mock.calls).toEqual([
      [
        'source',
        `Source ${ill!.id} (Ill) is failing: failed 4 times in a row: the feed is empty. The edition of "The brief" due at 2026-11-24T07:00:00.000Z will miss it.`,
      ],
    ]);
    expect(await (await fetch(`${room.url}/metrics`)).text()).toContain('sources{health="failing"} 1');

    const [posted] = await sql<{ ids: { source: string; missed: string } }>(
      db,
      `select ids from outbox where kind = 'source alarm'`,
    );
    const letter = await room.app.get(Outbox, { strict: false }).writer('source alarm')(posted!.ids, start);
    expect(letter).toMatchObject({ to: 'desk@example.org', subject: 'Ill is failing' });
    expect(letter!.text).toContain('failed 4 times in a row: the feed is empty.');
    expect(letter!.text.replace(/\s+/g, ' ')).toContain(
      'The edition of "The brief" due at 2026-11-24T07:00:00.000Z will miss it.',
    );

    await sql(db, `update source set failures = 0, problem = null`);
    await room.app.get(WatchSources).run(start);
    expect((await call(`${room.url}/api/v1/sources?health=well`, 'GET')).json.items).toHaveLength(2);
    expect(await room.app.get(Outbox, { strict: false }).writer('source alarm')(posted!.ids, start)).toBeNull();
  });
});
