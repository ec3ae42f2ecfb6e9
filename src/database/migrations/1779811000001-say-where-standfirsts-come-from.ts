import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A standfirst is the publisher's own, taken from the text, or a model's; readers are told of the last. */
export class SayWhereStandfirstsComeFrom1779811000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table article
        add column standfirst_from text not null default 'publisher' check (standfirst_from in ('publisher', 'extract', 'model')),
        add column summary_asked_at timestamptz,
        add column summary_problem text`);
    await db.query(
      `comment on column article.summary_asked_at is 'when a model was last asked for its standfirst; null: not, or not since the text changed'`,
    );
    await db.query(`comment on column article.summary_problem is 'why the model''s answer was not taken'`);
    await db.query(
      `create index article_summary_wanted on article (first_seen_at) where standfirst_from = 'extract' and summary_asked_at is null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
