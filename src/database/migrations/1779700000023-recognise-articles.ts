import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RecogniseArticles1779700000023 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table article
        add column text_sketch integer[],
        add column same_text_as bigint references article`);
    await db.query(`
      comment on column article.text_sketch is 'the least hashes of its word sequences (text-sketch.ts); null: too short to tell';
      comment on column article.same_text_as is 'the first article with nearly the same text, such as another publisher''s copy of one agency report'`);
    await db.query(`create index article_text_sketch on article using gin (text_sketch)`);
    await db.query(`
      create table article_version (
        article_id bigint not null references article,
        replaced_at timestamptz not null,
        title text not null,
        standfirst text not null,
        body text not null,
        primary key (article_id, replaced_at)
      )`);
    await db.query(
      `comment on table article_version is 'what an article said before its source or the desk changed it'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
