import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateEditions1779500000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table issue (
        id bigint generated always as identity primary key,
        list_id bigint not null references list,
        local_date date not null,
        unique (list_id, local_date)
      )`);
    await db.query(`
      create table edition (
        id bigint generated always as identity primary key,
        issue_id bigint not null references issue,
        list_id bigint not null references list,
        kind text not null check (kind in ('morning', 'special')),
        audience text not null check (audience in ('due', 'all', 'new')),
        state text not null check (state in ('composing', 'ready', 'sending', 'paused', 'done', 'held', 'skipped', 'cancelled')),
        reason text,
        due_at timestamptz not null,
        local_date date not null,
        named_articles bigint[],
        public_variant_id bigint,
        opened_at timestamptz not null,
        composed_at timestamptz,
        finished_at timestamptz
      )`);
    await db.query(`
      comment on column edition.audience is 'due: the schedules in edition_schedule; all: every active subscription; new: nobody but the readers it welcomes'`);
    await db.query(
      `create unique index edition_one_morning on edition (list_id, local_date, due_at) where kind = 'morning'`,
    );
    await db.query(
      `create index edition_unfinished on edition (id) where state in ('composing', 'ready', 'sending', 'paused', 'held')`,
    );
    await db.query(`create index edition_latest on edition (list_id, composed_at desc)`);
    await db.query(`
      create table edition_schedule (
        edition_id bigint not null references edition,
        schedule_id bigint not null references schedule,
        primary key (edition_id, schedule_id)
      )`);
    await db.query(`
      create table variant (
        id bigint generated always as identity primary key,
        edition_id bigint not null references edition,
        locale text not null,
        fingerprint text not null,
        subject text not null,
        preheader text not null,
        stories jsonb not null,
        unique (edition_id, fingerprint)
      )`);
    await db.query(`
      comment on column variant.stories is 'the snapshot that is sent: [{storyId, articleId, title, standfirst, section, publisher, minutes, url, picture}]'`);
    await db.query(`
      create table variant_story (
        variant_id bigint not null references variant,
        position smallint not null,
        story_id bigint not null references story,
        article_id bigint not null references article,
        primary key (variant_id, position),
        unique (variant_id, story_id)
      )`);
    await db.query(`
      alter table edition add constraint edition_public_variant foreign key (public_variant_id) references variant`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
