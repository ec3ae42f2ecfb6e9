import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepArticleVectors1779700000033 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table article_vector (
        article_id bigint primary key references article (id) on delete cascade,
        model text not null,
        vector real[] not null
      )`);
    await db.query(`
      comment on table article_vector is 'what EMBEDDINGS_URL said of title and standfirst, of length 1; empty without it'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
