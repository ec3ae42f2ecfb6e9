import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an issue would be if it went out now, to whom and in what state, before it does. */
export class CreateRehearsals1779810000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table rehearsal (
        id bigint generated always as identity primary key,
        issue_id bigint not null references issue,
        rundown_version integer not null,
        state text not null check (state in ('asked', 'green', 'red', 'failed')),
        report jsonb,
        asked_by text not null,
        asked_at timestamptz not null,
        finished_at timestamptz,
        overridden_by text,
        overridden_key text,
        overridden_at timestamptz,
        override_reason text,
        check ((state = 'asked') = (finished_at is null)),
        check ((overridden_at is null) or (state = 'red' and overridden_by is not null and override_reason is not null))
      )`);
    await db.query(`create unique index rehearsal_under_way on rehearsal (issue_id) where state = 'asked'`);
    await db.query(`create index rehearsal_by_issue on rehearsal (issue_id, id)`);
    await db.query(`comment on column rehearsal.rundown_version is 'the rundown it went by; 0: by none'`);
    await db.query(
      `alter table list add column rehearsal text not null default 'off' check (rehearsal in ('off', 'warn', 'block'))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
