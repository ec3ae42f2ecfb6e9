import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PaceSources1779700000021 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table source
        add column host text generated always as (lower(substring(url from '^https?://([^/?#]+)'))) stored,
        add column interval_minutes smallint not null default 15`);
    await db.query(`
      comment on column source.host is 'hosts are asked one request at a time';
      comment on column source.interval_minutes is 'between two polls while it is well; follows how often it publishes'`);
    await db.query(`create index article_of_source on article (source_id, first_seen_at)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
