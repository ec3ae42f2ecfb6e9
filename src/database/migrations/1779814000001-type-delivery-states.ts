import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a delivery's state, kind and cause may be, as types in place of CHECK lists: Postgres compared each row that is armed or settled with every
 * text of every list (docs/decisions/0214). An index that names a state holds it as a text of old, so it is made anew.
 */
export class TypeDeliveryStates1779814000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create type delivery_state as enum ('queued', 'armed', 'accepted', 'refused', 'unknown', 'expired', 'cancelled', 'suppressed', 'skipped');
      create type delivery_kind as enum ('morning', 'special', 'welcome');
      create type delivery_cause as enum
        ('hard', 'full', 'unclear', 'policy', 'rate', 'busy', 'slow', 'letter', 'sender', 'utf8', 'line', 'transport')`);
    await db.query(`
      drop index delivery_claimable, delivery_expiring, delivery_by_state, delivery_by_reader, delivery_watched;
      alter table delivery
        drop constraint delivery_state_check, drop constraint delivery_kind_check, drop constraint delivery_cause_check,
        drop constraint delivery_armed_check, drop constraint delivery_check,
        alter state type delivery_state using state::delivery_state,
        alter kind type delivery_kind using kind::delivery_kind,
        alter cause type delivery_cause using cause::delivery_cause,
        add constraint delivery_armed_check check (state <> 'armed' or (token is not null and worker is not null)),
        add constraint delivery_variant_check check (variant_id is not null or state = 'skipped')`);
    await db.query(`
      create index delivery_claimable on delivery (edition_id, slice, next_at) where state = 'queued';
      create index delivery_expiring on delivery (expires_at) where state = 'queued';
      create index delivery_by_state on delivery (edition_id, state, id);
      create index delivery_watched on delivery (id) where state in ('armed', 'unknown') or effect_pending;
      create unique index delivery_by_reader on delivery (subscription_id, local_date, (case kind when 'morning' then 0 else edition_id end));
      comment on index delivery_by_reader is 'one morning letter for each date, and one letter for each other edition: an edition has one date'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
