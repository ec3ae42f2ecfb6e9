import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A story that matters less than this is not worth a slot, on a thin day either. */
export class SetAFloor1779806000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table list add column floor real not null default 0 check (floor >= 0 and floor <= 10)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
