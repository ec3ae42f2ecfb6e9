import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A delivery is read and armed, without a claim in between (docs/decisions/0213); and freezing an edition costs less: one key says who may get
 * what in place of three, and what the planning statement has just joined is not looked up again for each row by foreign keys.
 */
export class SendWithoutClaims1779813000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      update delivery set state = 'queued', token = null, worker = null, attempt = attempt - 1 where state = 'claimed';
      alter table delivery rename column claimed_at to tried_at;
      comment on column delivery.tried_at is 'when the last attempt began';
      alter table delivery
        drop constraint delivery_state_check, drop constraint delivery_check1,
        drop constraint delivery_edition_id_fkey, drop constraint delivery_variant_id_fkey, drop constraint delivery_subscription_id_fkey,
        add constraint delivery_state_check check (state in ('queued', 'armed', 'accepted', 'refused', 'unknown', 'expired', 'cancelled', 'suppressed', 'skipped')),
        add constraint delivery_armed_check check (state <> 'armed' or (token is not null and worker is not null));
      create unique index delivery_by_reader on delivery (subscription_id, local_date, (case kind when 'morning' then 0 else edition_id end));
      comment on index delivery_by_reader is 'one morning letter for each date, and one letter for each other edition: an edition has one date';
      alter table delivery drop constraint delivery_edition_id_subscription_id_key;
      drop index delivery_one_morning, delivery_by_subscription, delivery_in_hand, delivery_unknown, delivery_effect_pending;
      create index delivery_watched on delivery (id) where state in ('armed', 'unknown') or effect_pending`);
    // Both parts of the control file were read for each statement; the timeline in use is known without.
    await db.query(`
      create or replace view here as
      select s.system_identifier::text as system_identifier,
             ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint as timeline, d.oid::bigint as database_oid
        from pg_control_system() s, pg_database d where d.datname = current_database()`);
    await db.query(`
      create function forget_deliveries() returns trigger language plpgsql as $$
        begin
          delete from delivery d using gone g where d.subscription_id = g.id;
          return null;
        end $$;
      create trigger forget_deliveries after delete on subscription referencing old table as gone
        for each statement execute function forget_deliveries()`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
