import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Arming and settling touch no index any more (docs/decisions/0215). What waits, what is armed and what came of an edition is told by its slices; the few
 * deliveries that are neither waiting nor accepted are found by a column of their own, which the others leave empty.
 */
export class SliceEditionsByIds1779816000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index delivery_claimable, delivery_expiring, delivery_by_state, delivery_watched;
      alter table delivery drop column slice,
        add column exception delivery_state generated always as (case when state not in ('queued', 'armed', 'accepted') then state end) stored;
      alter table delivery set (fillfactor = 50); -- after the table was written anew: for new rows

      comment on column delivery.exception is 'the state, of those that are not waiting, armed or accepted';
      create index delivery_exceptions on delivery (exception, edition_id, id) where exception is not null;
      create index delivery_effect_pending on delivery (id) where effect_pending`);
    await db.query(`
      create table slice (
        edition_id bigint not null references edition,
        first_id bigint not null,
        last_id bigint not null check (last_id >= first_id),
        next_at timestamptz,
        expires_at timestamptz,
        counts jsonb,
        primary key (edition_id, first_id)
      );
      comment on table slice is 'a run of ids of one edition''s deliveries, which one job works on';
      comment on column slice.next_at is 'no letter of it may be tried before; null: none waits';
      comment on column slice.expires_at is 'none of those that wait is too late before';
      comment on column slice.counts is 'its deliveries by state, once none waits or is armed; null: it is open';
      create index slice_open on slice (edition_id) where counts is null;
      create function open_slice(d delivery) returns void language sql as $$
        update slice c
           set counts = null, next_at = least(c.next_at, case when d.state = 'queued' then d.next_at end),
               expires_at = least(c.expires_at, case when d.state = 'queued' then d.expires_at end)
         where c.edition_id = d.edition_id and d.id between c.first_id and c.last_id
           and (c.counts is not null or d.state = 'queued' and (d.next_at < coalesce(c.next_at, 'infinity') or d.expires_at < coalesce(c.expires_at, 'infinity')))
      $$;
      comment on function open_slice(delivery) is 'of a delivery that was at rest and is changed, or is to wait'`);
    await db.query(`
      insert into slice (edition_id, first_id, last_id, counts)
      select edition_id, min(first_id), max(last_id), jsonb_object_agg(state, n)
        from (select edition_id, state, count(*) as n, min(id) as first_id, max(id) as last_id from delivery group by 1, 2) of_state
       group by 1 having not bool_or(state in ('queued', 'armed'))`);
    await db.query(`
      insert into slice (edition_id, first_id, last_id, next_at, expires_at)
      select edition_id, n, least(n + width - 1, last_id), next_at, expires_at
        from (select edition_id, min(id) as first_id, max(id) as last_id, (max(id) - min(id)) / 32 + 1 as width,
                     min(next_at) filter (where state = 'queued') as next_at, min(expires_at) filter (where state = 'queued') as expires_at
                from delivery group by 1 having bool_or(state in ('queued', 'armed'))) of_edition, generate_series(first_id, last_id, width) n`);
    await db.query(`analyze delivery, slice`); // nobody would know the new column for long
    await db.query(`
      create or replace function forget_deliveries() returns trigger language plpgsql as $$
        begin
          with forgotten as (delete from delivery d using gone g where d.subscription_id = g.id returning d.edition_id, d.id)
          update slice c set counts = null from forgotten f where c.edition_id = f.edition_id and f.id between c.first_id and c.last_id;
          return null;
        end $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
