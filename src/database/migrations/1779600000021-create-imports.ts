import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateImports1779600000021 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table import (
        id bigint generated always as identity primary key,
        list_id bigint not null references list,
        key_id text not null,
        consent jsonb,
        created_at timestamptz not null,
        counts jsonb not null
      )`);
    await db.query(`
      comment on column import.consent is 'the admin''s attestation, {source, at}; null: every reader is asked to confirm'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
