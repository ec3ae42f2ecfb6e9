import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLists1779500000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table list (
        id bigint generated always as identity primary key,
        slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 64),
        name text not null check (length(name) between 1 and 120),
        tagline text not null default '',
        locale text not null default 'en',
        time_zone text not null,
        local_time time(0) not null,
        weekdays smallint[] not null check (cardinality(weekdays) > 0 and weekdays <@ '{1,2,3,4,5,6,7}'),
        sections text[] not null default '{}',
        min_stories smallint not null check (min_stories >= 1),
        max_stories smallint not null check (max_stories between min_stories and 50),
        fresh_for_seconds integer not null check (fresh_for_seconds between 60 and 86400),
        unknown_policy text not null check (unknown_policy in ('hold', 'resend once')),
        mail_from text,
        postal_address text not null,
        created_at timestamptz not null,
        archived_at timestamptz
      )`);
    await db.query(`
      create table schedule (
        id bigint generated always as identity primary key,
        list_id bigint not null references list,
        time_zone text not null,
        local_time time(0) not null,
        weekdays smallint[] not null check (cardinality(weekdays) > 0 and weekdays <@ '{1,2,3,4,5,6,7}'),
        next_due_at timestamptz not null,
        served_date date,
        own boolean not null
      )`);
    await db.query(`comment on column schedule.served_date is 'local date of the last due instant that was opened'`);
    await db.query(`comment on column schedule.own is 'the list''s own hour, which readers who chose none follow'`);
    await db.query(`create unique index schedule_own on schedule (list_id) where own`);
    await db.query(
      `create unique index schedule_chosen on schedule (list_id, time_zone, local_time, weekdays) where not own`,
    );
    await db.query(`create index schedule_next_due on schedule (next_due_at)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
