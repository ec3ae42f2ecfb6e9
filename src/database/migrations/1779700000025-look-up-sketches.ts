import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LookUpSketches1779700000025 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`drop index article_text_sketch`);
    // Without a list of pending entries, which every look-up would have to read through.
    await db.query(
      `create index article_least_hashes on article using gin ((text_sketch[1:8])) with (fastupdate = off)`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
