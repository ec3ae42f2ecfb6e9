import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDeliveries1779500000006 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table worker (
        id text primary key,
        started_at timestamptz not null,
        seen_at timestamptz not null
      )`);
    await db.query(`comment on table worker is 'heartbeats, on the database''s own clock (never CLOCK_OFFSET)'`);
    await db.query(`
      create table delivery (
        id bigint generated always as identity primary key,
        edition_id bigint not null references edition,
        subscription_id bigint not null references subscription on delete cascade,
        variant_id bigint references variant,
        kind text not null check (kind in ('morning', 'special', 'welcome')),
        local_date date not null,
        slice smallint not null,
        state text not null check (state in
          ('queued', 'claimed', 'armed', 'accepted', 'refused', 'unknown', 'expired', 'cancelled', 'suppressed', 'skipped')),
        token uuid,
        worker text,
        attempt smallint not null default 0,
        next_at timestamptz not null,
        expires_at timestamptz not null,
        message_id text not null,
        reply text,
        enhanced_code text,
        reason text,
        planned_at timestamptz not null,
        claimed_at timestamptz,
        armed_at timestamptz,
        settled_at timestamptz,
        unique (edition_id, subscription_id),
        check (variant_id is not null or state = 'skipped'),
        check ((state in ('claimed', 'armed')) <= (token is not null and worker is not null))
      )`);
    await db.query(
      `create unique index delivery_one_morning on delivery (subscription_id, local_date) where kind = 'morning'`,
    );
    await db.query(`create index delivery_claimable on delivery (edition_id, slice, next_at) where state = 'queued'`);
    await db.query(`create index delivery_expiring on delivery (expires_at) where state = 'queued'`);
    await db.query(`create index delivery_in_hand on delivery (worker) where state in ('claimed', 'armed')`);
    await db.query(`create index delivery_by_state on delivery (edition_id, state, id)`);
    await db.query(`create index delivery_by_subscription on delivery (subscription_id, planned_at)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
