import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateArticles1779500000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table source (
        id bigint generated always as identity primary key,
        kind text not null check (kind in ('feed')),
        url text not null unique,
        title text not null default '',
        section text,
        language text,
        weight real not null default 1 check (weight > 0),
        show text not null default 'excerpt' check (show in ('excerpt', 'full')),
        state text not null default 'active' check (state in ('active', 'paused', 'ended')),
        created_at timestamptz not null,
        next_poll_at timestamptz not null,
        polled_at timestamptz,
        etag text,
        last_modified text,
        failures integer not null default 0,
        problem text,
        sample boolean not null default false
      )`);
    await db.query(`
      comment on column source.title is 'the publisher readers see; empty until the feed has told it';
      comment on column source.section is 'null: as the feed says';
      comment on column source.language is 'null: as the feed says';
      comment on column source.sample is 'the built-in sample: its url follows HOST and PORT'`);
    await db.query(`create unique index source_sample on source (sample) where sample`);
    await db.query(`create index source_next_poll on source (next_poll_at) where state = 'active'`);
    await db.query(`
      create table picture (
        id text primary key check (id ~ '^[0-9a-f]{32}$'),
        media_type text not null,
        width integer not null,
        height integer not null,
        bytes bytea not null,
        created_at timestamptz not null
      )`);
    await db.query(`
      create table article (
        id bigint generated always as identity primary key,
        source_id bigint references source,
        slug text not null unique,
        url text unique,
        guid text,
        fingerprint text,
        title text not null,
        standfirst text not null default '',
        body text not null default '',
        figures jsonb not null default '[]',
        section text not null,
        language text not null,
        author text,
        publisher text not null,
        show text not null check (show in ('excerpt', 'full')),
        published_at timestamptz not null,
        first_seen_at timestamptz not null,
        updated_at timestamptz not null,
        withdrawn_at timestamptz
      )`);
    await db.query(`
      comment on column article.url is 'canonical: absolute, without fragment and tracking parameters; null: the newsroom''s own, whose page here is the original';
      comment on column article.fingerprint is 'of the item as its source last gave it, so that an unchanged item costs nothing; ''by desk'': written or changed through the API, no feed overwrites it';
      comment on column article.figures is '[{src, alt, caption, credit, width, height}], src a path of ours (/pictures/…)';
      comment on column article.body is 'sanitised html'`);
    await db.query(`create index article_first_seen on article (first_seen_at)`);
    await db.query(`create index article_by_source on article (source_id, guid)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
