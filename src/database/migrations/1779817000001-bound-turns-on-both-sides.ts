import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A reader who goes on to a third schedule before the second has brought anything keeps what the first one had brought: the second
 * has the dates between only (docs/decisions/0401).
 */
export class BoundTurnsOnBothSides1779817000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table subscription add column previous_after date check (previous_after < previous_date), drop constraint subscription_previous,
        add constraint subscription_previous check (previous_schedule_id is null or previous_date is not null)`);
    await db.query(`
      comment on column subscription.previous_date is 'the schedule brings the letters of the local dates after this one';
      comment on column subscription.previous_after is 'the previous schedule brings those of the dates after this one, up to and with previous_date'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
