import { openDataSource } from '../../dist/database/data-source.js';
import { ComposeForReaders } from '../../dist/deliveries/compose-for-readers.js';
import { PlanEdition } from '../../dist/deliveries/plan-edition.js';
import { addEdition, addReaders, addStories } from './edition.mjs';
import { connect } from './ground.mjs';

/** The step itself, in this process, against rows as wide under one key: the least that freezing them can cost. */
export async function plan(ground, { readers }) {
  const url = await ground.database();
  await addReaders(url, readers);
  await addStories(url);
  const before = await bareInsert(url);
  const ours = await planned(url);
  const bare = (before + (await bareInsert(url))) / 2;
  return [
    {
      what: `planning an edition of ${readers} readers`,
      measured: `${(ours / 1000).toFixed(1)} s`,
      yardstick: `a bare one-key INSERT … SELECT of as many rows: ${(bare / 1000).toFixed(1)} s`,
      ratio: bare / ours,
      wanted: '≥ 0.5',
    },
  ];
}

async function planned(url) {
  const edition = await addEdition(url);
  const db = await openDataSource(url);
  const config = { MAIL_FROM: { name: '', address: 'brief@news.example' }, PUBLIC_URL: 'https://news.example' };
  const began = performance.now();
  await new PlanEdition(db, new ComposeForReaders(config), config).run(edition, Temporal.Now.instant());
  const ms = performance.now() - began;
  const [{ n }] = await db.query(`select count(*)::int as n from delivery where state = 'queued'`);
  const [{ subscriptions }] = await db.query(`select count(*)::int as subscriptions from subscription`);
  await db.destroy();
  if (n !== subscriptions) throw new Error(`${n} deliveries are planned for ${subscriptions} readers`);
  return ms;
}

async function bareInsert(url) {
  const db = await connect(url);
  await db.query(`create table bare (like delivery including defaults, primary key (edition_id, subscription_id))`);
  const began = performance.now();
  await db.query(
    `insert into bare (id, edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
     select id, 1, id, 1, 'special', current_date, 'queued', now(), now(), 'e1.s' || id || '@news.example', now() from subscription`,
  );
  const ms = performance.now() - began;
  await db.query('drop table bare');
  await db.end();
  return ms;
}
