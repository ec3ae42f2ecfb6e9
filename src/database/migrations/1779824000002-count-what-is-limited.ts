import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts of what may happen only so often, for all instances together. The table of rate-limiter-flexible. Unlogged: a crash of Postgres forgets an hour's counts. */
export class CountWhatIsLimited1779824000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create unlogged table limit_count (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      );
      comment on table limit_count is 'wrong keys by network, proofs by key; expire in ms since 1970'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
