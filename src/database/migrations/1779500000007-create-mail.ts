import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMail1779500000007 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table outbox (
        id bigint generated always as identity primary key,
        kind text not null,
        ids jsonb not null,
        state text not null default 'queued' check (state in ('queued', 'accepted', 'refused', 'dropped')),
        attempt smallint not null default 0,
        posted_at timestamptz not null,
        next_at timestamptz not null,
        reply text,
        settled_at timestamptz
      )`);
    await db.query(
      `comment on column outbox.ids is 'what to write about, never an address: erasing a reader leaves nothing here'`,
    );
    await db.query(`create index outbox_waiting on outbox (next_at) where state = 'queued'`);
    await db.query(`create index outbox_by_subscriber on outbox ((ids ->> 'subscriber'), posted_at)`);
    await db.query(`
      create table suppression (
        id bigint generated always as identity primary key,
        address text not null unique,
        reason text not null check (reason in ('bounce', 'complaint', 'manual', 'erased')),
        detail text not null default '',
        created_at timestamptz not null,
        confirmation_at timestamptz
      )`);
    await db.query(`
      comment on column suppression.confirmation_at is 'when a reader with an old bounce was given their one new confirmation letter'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
