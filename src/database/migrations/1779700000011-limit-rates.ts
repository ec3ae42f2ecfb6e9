import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LimitRates1779700000011 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table rate (
        scope text primary key,
        per_second double precision check (per_second > 0),
        cut_to double precision check (cut_to > 0),
        cut_at timestamptz,
        tokens double precision not null default 1,
        refilled_at timestamptz not null,
        dry_until timestamptz not null default '-infinity',
        day date,
        day_taken integer not null default 0,
        check ((cut_to is null) = (cut_at is null))
      )`);
    await db.query(`
      comment on table rate is
        'token buckets that all workers share; scope: domain:NAME or channel:NAME. On the database''s own clock (never CLOCK_OFFSET)'`);
    await db.query(`comment on column rate.per_second is 'what an operator allows; null: no limit of theirs'`);
    await db.query(
      `comment on column rate.cut_to is 'what a server''s complaint left of it; grows again from cut_at on'`,
    );
    await db.query(`comment on column rate.dry_until is 'nothing to be had before: nobody need ask'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
