import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A reader chooses zone, hour and days, each by itself; what they leave to the list follows it. */
export class ChooseSchedules1779804000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`drop index schedule_own`);
    await db.query(`drop index schedule_chosen`);
    await db.query(`
      alter table schedule
        add column chosen_zone text, add column chosen_time time(0), add column chosen_weekdays smallint[],
        add column reach_days smallint not null default 3`);
    await db.query(
      `update schedule set chosen_zone = time_zone, chosen_time = local_time, chosen_weekdays = weekdays where not own`,
    );
    await db.query(`alter table schedule drop column own`);
    await db.query(
      `create unique index schedule_of_choice on schedule (list_id, chosen_zone, chosen_time, chosen_weekdays) nulls not distinct`,
    );
    await db.query(
      `comment on column schedule.chosen_zone is 'as the reader chose; null, as in the other two: whatever the list has'`,
    );
    await db.query(
      `comment on column schedule.reach_days is 'how far its editions reach back: the longest time between two, 3 days at least'`,
    );
    await db.query(`
      alter table subscription
        add column previous_schedule_id bigint references schedule, add column previous_date date,
        add constraint subscription_previous check ((previous_schedule_id is null) = (previous_date is null))`);
    await db.query(
      `comment on column subscription.previous_date is 'up to and with this local date the letter comes by the previous schedule'`,
    );
    await db.query(
      `create index subscription_by_previous on subscription (previous_schedule_id, previous_date) where previous_schedule_id is not null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
