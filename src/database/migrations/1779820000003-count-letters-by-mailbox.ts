import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CountLettersByMailbox1779820000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Counts of the last day are not taken over: they stood by address, of which one mailbox can have many.
    await db.query(`
      create table mailbox (
        key text primary key,
        letters_at timestamptz[] not null,
        letter_for bigint
      )`);
    await db.query(
      `comment on table mailbox is 'caps on letters that strangers can ask for, by mailbox (mail/mailbox-key.ts); a row is forgotten after a day'`,
    );
    await db.query(`comment on column mailbox.letters_at is 'when letters were posted there in the last day'`);
    await db.query(
      `comment on column mailbox.letter_for is 'the mark of the last request that was answered with a letter'`,
    );
    await db.query(`alter table subscriber drop column letters_at, drop column letter_for`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
