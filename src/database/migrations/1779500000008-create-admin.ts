import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAdmin1779500000008 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table api_key (
        id text primary key,
        owner text not null,
        scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ '{read,edit,approve,admin}'),
        secret_sha256 bytea not null check (octet_length(secret_sha256) = 32),
        created_at timestamptz not null,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz
      )`);
    await db.query(`
      create table audit_event (
        id bigint generated always as identity primary key,
        at timestamptz not null,
        key_id text not null,
        method text not null,
        route text not null,
        target text not null,
        status smallint not null,
        network text
      )`);
    await db.query(`
      create trigger audit_event_append_only before update on audit_event
      for each row execute function refuse_change()`);
    await db.query(`
      create table idempotent_request (
        key_id text not null,
        idempotency_key text not null,
        fingerprint bytea not null,
        status smallint,
        body json,
        created_at timestamptz not null,
        primary key (key_id, idempotency_key)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
