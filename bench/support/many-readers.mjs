import { connect } from './ground.mjs';

const sections = ['World', 'Europe', 'Asia', 'Africa', 'Americas', 'Economy', 'Science', 'Climate', 'Culture', 'Sport'];

const zones = [
  ...[
    'Pacific/Auckland',
    'Australia/Sydney',
    'Asia/Tokyo',
    'Asia/Shanghai',
    'Asia/Bangkok',
    'Asia/Dhaka',
    'Asia/Kolkata',
  ],
  ...['Asia/Karachi', 'Asia/Dubai', 'Asia/Tehran', 'Europe/Moscow', 'Africa/Cairo', 'Europe/Paris', 'Europe/London'],
  ...[
    'Atlantic/Azores',
    'America/Noronha',
    'America/Sao_Paulo',
    'America/Halifax',
    'America/New_York',
    'America/Chicago',
  ],
  ...['America/Denver', 'America/Los_Angeles', 'America/Anchorage', 'Pacific/Honolulu'],
];

/** Readers in 24 zones, with 100 combinations of sections among them; one in a hundred has every section. */
export async function spreadReaders(url) {
  const db = await connect(url);
  await db.query(`set session_replication_role = replica`);
  await db.query(`update list set sections = $1`, [sections]);
  await db.query(
    `insert into schedule (list_id, chosen_zone, time_zone, local_time, weekdays, reach_days, next_due_at, next_due_date)
     select 1, z, z, '07:00', '{1,2,3,4,5,6,7}', 3,
            (((now() at time zone z)::date + 1) + time '07:00') at time zone z, (now() at time zone z)::date + 1 from unnest($1::text[]) z`,
    [zones],
  );
  const [{ first }] = (await db.query(`select min(id)::int as first from schedule where chosen_zone is not null`)).rows;
  // Two sections of ten, in any order of picking: 0 … 99.
  await db.query(
    `update subscription set schedule_id = $1 + id % 24,
            sections = case when id % 100 = 0 then null
                            else array[($2::text[])[1 + id % 10], ($2::text[])[1 + (id / 10) % 10], ($2::text[])[1 + (id / 7) % 10]] end`,
    [first, sections],
  );
  await db.query(
    `update subscription s set sections = (select array_agg(distinct x order by x) from unnest(case s.id % 99 when 0 then s.sections else s.sections[1:2] end) x)
      where sections is not null`,
  );
  await db.query('vacuum analyze subscription');
  await db.end();
}

/** Fresh stories of ten publishers in all sections, each an article of its own. */
export async function addCandidates(url, count) {
  const db = await connect(url);
  await db.query(
    `with a as (insert into article (slug, title, standfirst, body, section, language, publisher, show, published_at, first_seen_at, updated_at)
                select 's' || n, 'Headline number ' || n || ' of a morning with much to tell', repeat('What has become of it in the night. ', 4),
                       repeat('<p>And the whole of it, at some length.</p>', 20), ($2::text[])[1 + n % 10], 'en', 'Paper ' || n % 10, 'full',
                       now() - make_interval(mins => n), now() - make_interval(mins => n), now()
                  from generate_series(1, $1::int) n returning id, title, standfirst),
          s as (insert into story (first_seen_at, last_seen_at) select now(), now() from a returning id)
     insert into story_article (article_id, story_id, read_title, read_standfirst)
     select a.id, s.id, a.title, a.standfirst from (select id, title, standfirst, row_number() over () n from a) a
       join (select id, row_number() over () n from s) s using (n)`,
    [count, sections],
  );
  await db.end();
}

/** A morning that everybody had, as their memory: five stories in one of four variants. */
export async function addMemory(url) {
  const db = await connect(url);
  await db.query(`set session_replication_role = replica`);
  await db.query(
    `with i as (insert into issue (list_id, local_date) values (1, current_date) returning id),
          e as (insert into edition (issue_id, list_id, kind, audience, state, due_at, local_date, opened_at, composed_at, finished_at)
                select id, 1, 'morning', 'due', 'done', now() - interval '6 hours', current_date, now(), now() - interval '6 hours', now() from i returning id),
          v as (insert into variant (edition_id, locale, fingerprint, subject, preheader, stories)
                select e.id, 'en', n::text, 'A morning', '', '[]' from e, generate_series(0, 3) n returning id)
     insert into variant_story (variant_id, position, story_id, article_id)
     select v.id, p, m.story_id, m.article_id from v, generate_series(1, 5) p
       join lateral (select story_id, article_id from story_article offset 10 * p limit 1) m on true`,
  );
  await db.query(
    `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at, settled_at)
     select (select max(id) from edition), id, (select min(id) from variant) + id % 4, 'morning', current_date, 'accepted',
            now(), now() + interval '1 hour', 'e.s' || id || '@news.example', now() - interval '6 hours', now() from subscription`,
  );
  await db.query('vacuum analyze delivery');
  await db.end();
}

/** Tomorrow's editions, one for each zone, opened and composed for everybody. @returns their ids */
export async function addMorning(url) {
  const db = await connect(url);
  const { rows } = await db.query(
    `with i as (insert into issue (list_id, local_date) values (1, current_date + 1) returning id),
          e as (insert into edition (issue_id, list_id, kind, audience, state, due_at, local_date, opened_at, composed_at)
                select i.id, 1, 'morning', 'due', 'ready', c.next_due_at, current_date + 1, now(), now() from i,
                       (select distinct next_due_at from schedule where chosen_zone is not null) c returning id, due_at)
     insert into edition_schedule (edition_id, schedule_id)
     select e.id, c.id from e join schedule c on c.next_due_at = e.due_at and c.chosen_zone is not null returning edition_id as id`,
  );
  await db.end();
  return [...new Set(rows.map(({ id }) => id))];
}
