import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a reply means beyond its delivery is done after the reply is written: a worker may die in between. */
export class KeepEffectsUntilTheyAreDone1779812000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table delivery add column effect_pending boolean not null default false`);
    await db.query(
      `comment on column delivery.effect_pending is 'the reply means something for the reader, the domain or the edition that is not done yet'`,
    );
    await db.query(`create index delivery_effect_pending on delivery (id) where effect_pending`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
