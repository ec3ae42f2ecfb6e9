import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepWhyStoriesWereChosen1779700000032 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table edition add column verdicts jsonb not null default '[]'`);
    await db.query(`
      comment on column edition.verdicts is 'of the public copy, the best first: [{storyId, articleId, title, publisher, section, chosen, score, why: [{kind, text}]}]'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
