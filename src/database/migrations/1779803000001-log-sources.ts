import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of polls and items that came to nothing, for whoever asks why an article is not there. */
export class LogSources1779803000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table source_log (
        id bigint generated always as identity primary key,
        source_id bigint not null references source on delete cascade,
        at timestamptz not null,
        item text,
        reason text not null
      )`);
    await db.query(`comment on column source_log.item is 'its title; null: the poll itself failed'`);
    await db.query(`create index source_log_by_source on source_log (source_id, id)`);
    await db.query(`create index source_log_by_age on source_log (at)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
