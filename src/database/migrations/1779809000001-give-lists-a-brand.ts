import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Colours, footer and logo of a list, and where answers to its letters go. */
export class GiveListsABrand1779809000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table list
        add column brand jsonb not null default '{"accent": null, "accentDark": null, "footer": "", "logo": null}',
        add column reply_to text`);
    await db.query(`comment on column list.reply_to is '\`Name <address>\`; null: answers go to the sender'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
