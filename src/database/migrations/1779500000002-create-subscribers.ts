import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSubscribers1779500000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table subscriber (
        id bigint generated always as identity primary key,
        address text not null unique check (octet_length(address) between 3 and 254),
        locale text not null,
        time_zone text,
        created_at timestamptz not null
      )`);
    await db.query(`
      create table subscription (
        id bigint generated always as identity primary key,
        subscriber_id bigint not null references subscriber on delete cascade,
        list_id bigint not null references list,
        schedule_id bigint not null references schedule,
        state text not null check (state in ('pending', 'active', 'paused', 'ended')),
        paused_until timestamptz,
        sections text[],
        requested_at timestamptz not null,
        confirmed_at timestamptz,
        welcome_due_at timestamptz,
        morning_from timestamptz,
        ended_at timestamptz,
        unique (subscriber_id, list_id),
        check (state <> 'active' or (confirmed_at is not null and morning_from is not null)),
        check ((state = 'paused') = (paused_until is not null)),
        check ((state = 'ended') = (ended_at is not null))
      )`);
    await db.query(`
      comment on column subscription.sections is 'null: every section of the list';
      comment on column subscription.welcome_due_at is 'set by the reader''s own confirmation, cleared by nobody: the ledger says whether the welcome went out';
      comment on column subscription.morning_from is 'no morning letter for a due instant before this one'`);
    await db.query(
      `create index subscription_by_schedule on subscription (schedule_id) where state in ('active', 'paused')`,
    );
    await db.query(`create index subscription_by_list on subscription (list_id, id)`);
    await db.query(
      `create index subscription_welcome on subscription (welcome_due_at) where welcome_due_at is not null`,
    );
    await db.query(`create index subscription_paused on subscription (paused_until) where state = 'paused'`);
    await db.query(`create index subscription_pending on subscription (requested_at) where state = 'pending'`);
    await db.query(`
      create table consent_event (
        id bigint generated always as identity primary key,
        subscriber_id bigint not null references subscriber on delete cascade,
        list_id bigint not null references list,
        kind text not null check (kind in ('requested', 'confirmed', 'attested', 'ended', 'changed')),
        at timestamptz not null,
        network text,
        shown text not null,
        detail jsonb not null default '{}'
      )`);
    await db.query(`create index consent_event_by_subscriber on consent_event (subscriber_id, id)`);
    await db.query(`
      comment on column consent_event.network is 'the address the request came from, truncated to /24 or /48';
      comment on column consent_event.shown is 'which text the person saw: the message file''s locale and version'`);
    await db.query(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
      end $$`);
    await db.query(`
      create trigger consent_event_append_only before update on consent_event
      for each row execute function refuse_change()`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
