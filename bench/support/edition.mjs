import { openDataSource } from '../../dist/database/data-source.js';
import { cutSlices } from '../../dist/deliveries/slice.js';
import { connect } from './ground.mjs';

const sentence =
  'Delegates from one hundred and ninety-four countries agreed late at night on what they had refused all week. ';

export const slug = 'daily-news-brief';

/** Stories for a letter of about 20 KB. */
const stories = Array.from({ length: 5 }, (_, n) => ({
  storyId: String(n + 1),
  articleId: String(n + 1),
  title: `Headline number ${n + 1} of a morning with much to tell`,
  standfirst: sentence.repeat(2),
  section: 'world',
  language: 'en',
  publisher: 'The Paper',
  minutes: 4,
  url: `https://news.example/articles/headline-number-${n + 1}-of-a-morning-with-much-to-tell`,
  picture: null,
}));

/** A list with its readers, active since long ago: two statements, however many they are. */
export async function addReaders(url, count) {
  const db = await connect(url);
  await db.query(`set session_replication_role = replica`); // the keys are known to fit
  await db.query(
    `insert into list (slug, name, tagline, time_zone, local_time, weekdays, min_stories, max_stories, fresh_for_seconds,
                       unknown_policy, postal_address, created_at)
     values ('daily-news-brief', 'Daily news brief', 'Essential international news', 'Europe/London', '07:00', '{1,2,3,4,5,6,7}',
             3, 12, 86400, 'hold', E'1 High Street\nLondon', now())`,
  );
  await db.query(
    `insert into schedule (list_id, time_zone, local_time, weekdays, next_due_at, next_due_date)
     select 1, 'Europe/London', '07:00', '{1,2,3,4,5,6,7}', now() + interval '12 hours', current_date + 1`,
  );
  await db.query(
    `insert into subscriber (address, locale, created_at)
     select 'reader' || n || '@d' || n % 200 || '.example.org', 'en', now() from generate_series(1, $1::int) n`,
    [count],
  );
  await db.query(
    `insert into subscription (subscriber_id, list_id, schedule_id, state, requested_at, confirmed_at, morning_from)
     select id, 1, 1, 'active', now() - interval '9 days', now() - interval '9 days', now() - interval '8 days' from subscriber`,
  );
  await db.query('vacuum analyze subscriber, subscription');
  await db.end();
}

/** An edition composed and ready; its readers are due. @returns its id */
export async function addEdition(url) {
  const db = await connect(url);
  const { rows } = await db.query(
    `with i as (insert into issue (list_id, local_date) values (1, current_date) on conflict (list_id, local_date)
                do update set list_id = 1 returning id)
     insert into edition (issue_id, list_id, kind, audience, state, due_at, local_date, opened_at, composed_at)
     select id, 1, 'special', 'all', 'ready', now(), current_date, now(), now() from i returning id`,
  );
  await db.end();
  return rows[0].id;
}

/** Articles and their stories, fresh, from which an edition is composed. */
export async function addStories(url) {
  const db = await connect(url);
  await db.query(
    `with a as (insert into article (slug, title, standfirst, section, language, publisher, show, published_at, first_seen_at, updated_at)
                select 's' || n, 'Headline number ' || n, $1, 'world', 'en', 'The Paper', 'full', now(), now(), now()
                  from generate_series(1, 12) n returning id, title, standfirst),
          s as (insert into story (first_seen_at, last_seen_at) select now(), now() from a returning id)
     insert into story_article (article_id, story_id, read_title, read_standfirst)
     select a.id, s.id, a.title, a.standfirst from (select id, title, standfirst, row_number() over () n from a) a join (select id, row_number() over () n from s) s using (n)`,
    [sentence],
  );
  await db.end();
}

/** The ledger of an edition that is being sent to all readers, as plan would have written it. */
export async function addDeliveries(url) {
  const edition = await addEdition(url);
  const db = await connect(url);
  const variant = await db.query(
    `insert into variant (edition_id, locale, fingerprint, subject, preheader, stories)
     values ($1, 'en', 'bench', 'A morning with much to tell', 'Also: much more', $2) returning id`,
    [edition, JSON.stringify(stories)],
  );
  await db.query(`set session_replication_role = replica`);
  await db.query(
    `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
     select $1, id, $2, 'special', current_date, 'queued', now(), now() + interval '1 day',
            'e' || $1::bigint || '.s' || id || '@news.example', now() from subscription`,
    [edition, variant.rows[0].id],
  );
  await cutIntoSlices(url, edition);
  await db.query(`update edition set state = 'sending' where id = $1`, [edition]);
  await db.query('vacuum analyze delivery, slice');
  await db.query('checkpoint');
  await db.end();
  return edition;
}

async function cutIntoSlices(url, edition) {
  const db = await openDataSource(url);
  const [extent] = await db.query(
    `select edition_id as "editionId", min(id) as "firstId", max(id) as "lastId" from delivery where edition_id = $1 group by 1`,
    [edition],
  );
  const now = Temporal.Now.instant();
  await cutSlices(db, extent, now, now.add({ hours: 24 }));
  await db.destroy();
}

/** @returns {Promise<Record<string, number>>} deliveries by state */
export async function countsOf(url) {
  const db = await connect(url);
  const { rows } = await db.query(`select state, count(*)::int as n from delivery group by state`);
  await db.end();
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
