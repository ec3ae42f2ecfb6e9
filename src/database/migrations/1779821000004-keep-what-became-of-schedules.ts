import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What readers are told of their schedule: that its last issue was skipped, and whether they had the last one before they left. */
export class KeepWhatBecameOfSchedules1779821000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table schedule add column served_at timestamptz, add column skipped_date date`);
    await db.query(`
      comment on column schedule.served_at is 'the due instant of served_date';
      comment on column schedule.skipped_date is 'the date of the last edition, if it was skipped; null: it was composed'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
