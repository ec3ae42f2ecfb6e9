import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ForgetOld } from '../../src/articles/forget-old.js';
import { WatchSources } from '../../src/articles/health/watch-sources.js';
import { sql } from '../../src/database/sql.js';
import { Alarms } from '../../src/health/alarms.js';
import { buildRaw } from '../../src/mail/build-raw.js';
import { messageId } from '../../src/mail/message-id.js';
import { Outbox } from '../../src/mail/outbox.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { lintLetter } from '../support/lint-letter.js';
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
    const bytes = { ...letter!, messageId: messageId('news.example', 'o1', 'source alarm'), date: new Date(0) };
    expect(lintLetter(await buildRaw(bytes))).toEqual([]);
    expect(letter!.text).toContain('failed 4 times in a row: the feed is empty.');
    expect(letter!.text.replace(/\s+/g, ' ')).toContain(
      'The edition of "The brief" due at 2026-11-24T07:00:00.000Z will miss it.',
    );

    await sql(db, `update source set failures = 0, problem = null`);
    await room.app.get(WatchSources).run(start);
    expect((await call(`${room.url}/api/v1/sources?health=well`, 'GET')).json.items).toHaveLength(2);
    expect(await room.app.get(Outbox, { strict: false }).writer('source alarm')(posted!.ids, start)).toBeNull();
  });

  it('fills no mailbox when all sources fall ill at once: ten letters an hour, an alarm for each', async () => {
    const db = room.app.get(DataSource);
    await sql(db, `truncate source, outbox cascade`);
    await sql(
      db,
      `insert into source (kind, url, created_at, next_poll_at, failures, problem)
       select 'feed', 'https://ill.example/' || n, $1, $1, 4, 'the server cannot be reached' from generate_series(1, 30) n`,
      [start],
    );
    const raised = jest.spyOn(room.app.get(Alarms, { strict: false }), 'raise').mockReturnValue();
    raised.mockClear();
    await room.app.get(WatchSources).run(start);
    expect(raised).toHaveBeenCalledTimes(30);
    expect(await sql(db, `select 1 from outbox where kind = 'source alarm'`)).toHaveLength(10);
    await sql(db, `update source set health = 'well' where url like '%/30'`);
    await room.app.get(WatchSources).run(start.add({ minutes: 61 }));
    expect(await sql(db, `select 1 from outbox where kind = 'source alarm'`)).toHaveLength(11);
  });

  it('is not asked of what is long past: logs go after two weeks, old wordings after a year', async () => {
    const db = room.app.get(DataSource);
    const ages = [13, 15, 364, 366].map((days) => start.subtract({ hours: 24 * days }));
    await sql(
      db,
      `with s as (select id from source limit 1),
            a as (insert into article (slug, title, section, language, publisher, show, published_at, first_seen_at, updated_at)
                  values ('old', 'Old', 'World', 'en', 'Paper', 'full', $2, $2, $2) returning id),
            l as (insert into source_log (source_id, at, reason) select s.id, t, 'x' from s, unnest($1::timestamptz[]) t)
       insert into article_version (article_id, replaced_at, title, standfirst, body) select a.id, t, 'x', '', '' from a, unnest($1::timestamptz[]) t`,
      [ages, start],
    );
    await room.app.get(ForgetOld).run(start);
    const left = async (table: string, column: string) =>
      (await sql<{ at: Date }>(db, `select ${column} as at from ${table} order by 1 desc`)).map(({ at }) =>
        at.getTime(),
      );
    expect(await left('source_log', 'at')).toEqual([ages[0]!.epochMilliseconds]);
    expect(await left('article_version', 'replaced_at')).toEqual(ages.slice(0, 3).map((at) => at.epochMilliseconds));
  });
});
