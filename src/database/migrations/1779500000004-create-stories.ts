import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStories1779500000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table story (
        id bigint generated always as identity primary key,
        first_seen_at timestamptz not null,
        last_seen_at timestamptz not null
      )`);
    await db.query(`
      create table story_article (
        article_id bigint primary key references article on delete cascade,
        story_id bigint not null references story on delete cascade
      )`);
    await db.query(`create index story_article_by_story on story_article (story_id)`);
    await db.query(`create index story_last_seen on story (last_seen_at)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
