import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepWhenLettersWereAskedFor1779807000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // In the row that a sign-up locks, so that one statement can count and post: see subscribers/sign-up.ts.
    await db.query(`
      alter table subscriber
        add column letters_at timestamptz[] not null default '{}',
        add column letter_for bigint`);
    await db.query(
      `comment on column subscriber.letters_at is 'when sign-ups of the last day were answered with a letter'`,
    );
    await db.query(
      `comment on column subscriber.letter_for is 'the mark of the last sign-up that was answered with a letter'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
