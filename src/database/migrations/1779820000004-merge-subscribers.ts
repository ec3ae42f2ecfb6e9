import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MergeSubscribers1779820000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table subscriber add column merged_into bigint references subscriber on delete cascade`);
    await db.query(`create index subscriber_merged on subscriber (merged_into) where merged_into is not null`);
    await db.query(
      `comment on column subscriber.merged_into is 'the reader who has moved to this one''s address: links of its letters are theirs'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
