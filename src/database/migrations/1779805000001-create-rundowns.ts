import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What editors decide on an issue, each version kept, and what a list asks of them. */
export class CreateRundowns1779805000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table rundown (
        issue_id bigint not null references issue,
        version integer not null check (version >= 1),
        decisions jsonb not null,
        edited_by text not null,
        edited_key text not null,
        edited_at timestamptz not null,
        approved_by text,
        approved_key text,
        approved_at timestamptz,
        primary key (issue_id, version),
        check ((approved_by is null) = (approved_at is null))
      )`);
    await db.query(`comment on table rundown is 'append-only but for the approval, which a version gets once'`);
    await db.query(`
      alter table list
        add column approval text not null default 'none' check (approval in ('none', 'second person')),
        add column at_cut_off text not null default 'send as composed'
          check (at_cut_off in ('send as composed', 'send last approved', 'skip'))`);
    await db.query(`alter table edition add column rundown_version integer`);
    await db.query(`comment on column edition.rundown_version is 'the rundown it was composed by; null: by none'`);
    await db.query(`alter table issue add column warned_at timestamptz`);
    await db.query(`comment on column issue.warned_at is 'when the desk was told that an approval is missing'`);
    await db.query(`alter table variant add column note text`);
    await db.query(`comment on column variant.note is 'the editor''s note above the stories'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
