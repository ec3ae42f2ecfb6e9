import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NumberStoryChanges1779700000031 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`create sequence story_change`);
    await db.query(`alter table story_article add column change bigint not null default nextval('story_change')`);
    await db.query(`create index story_article_by_change on story_article (change)`);
    await db.query(`
      comment on column story_article.change is 'raised whenever the article comes to a story, so that every process can follow; written under the lock of assign-stories'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
