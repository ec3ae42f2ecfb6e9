import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The words by which an article's story was chosen: one that has been edited since is read again. */
export class KeepWordsOfStories1779803000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table story_article
        add column read_title text not null default '',
        add column read_standfirst text not null default ''`);
    await db.query(
      `update story_article m set read_title = a.title, read_standfirst = a.standfirst from article a where a.id = m.article_id`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
