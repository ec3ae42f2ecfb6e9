import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAddressChange1779807000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table address_change (
        id bigint generated always as identity primary key,
        subscriber_id bigint not null references subscriber on delete cascade,
        old_address text not null,
        new_address text not null,
        requested_at timestamptz not null,
        confirmed_at timestamptz
      )`);
    await db.query(
      `comment on table address_change is 'changes that readers asked for; those older than a week are forgotten'`,
    );
    await db.query(`create index address_change_by_subscriber on address_change (subscriber_id, requested_at)`);
    await db.query(`create index address_change_by_address on address_change (new_address, requested_at)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
