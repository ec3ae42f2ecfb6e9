import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSignUpCount1779700000041 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The table of rate-limiter-flexible. Unlogged: a crash of Postgres forgets an hour's counts, and no sign-up waits for the disk.
    await db.query(`
      create unlogged table sign_up_count (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      )`);
    await db.query(
      `comment on table sign_up_count is 'caps on sign-up: points by network and by the recipients'' domain within an hour; expire in ms since 1970'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
