import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A due instant keeps the date whose letter it brings. The instant's own date is another one where a gap in the clock puts 23:30 over midnight
 * (America/Nuuk in spring), and after a list was moved. Dates that a move let go wait in `let_go` until the next tick records them.
 * One record may stand for many dates after a long time without a clock: `since_date`.
 */
export class KeepDatesOfDueInstants1779821000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `alter table schedule add column next_due_date date, add column let_go date[] not null default '{}'`,
    );
    await db.query(`update schedule set next_due_date = (next_due_at at time zone time_zone)::date`);
    await db.query(`alter table schedule alter column next_due_date set not null`);
    await db.query(`alter table edition_schedule add column since_date date`);
    await db.query(`
      comment on column schedule.next_due_date is 'the date whose letter next_due_at brings';
      comment on column schedule.let_go is 'dates that a move of the list has let go; recorded as skipped when the schedule is due next';
      comment on column edition_schedule.since_date is 'the skipped edition stands for all dates of the schedule from this one on; null: for its own'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
