import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A list's own html for its editions: a draft to look at, and what is live. */
export class LetListsHaveTemplates1779809000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table letter_template (
        list_id bigint primary key references list,
        draft text,
        live text,
        saved_at timestamptz not null,
        published_at timestamptz,
        problem text
      )`);
    await db.query(
      `comment on column letter_template.problem is 'why the live one was not used when it was used last; the house''s was then'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
