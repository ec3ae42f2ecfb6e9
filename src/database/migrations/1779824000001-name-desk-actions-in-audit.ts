import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every button of the desk is a POST to one route: the record says which button it was. */
export class NameDeskActionsInAudit1779824000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table audit_event add column action text;
      comment on column audit_event.action is 'the button of the desk; null: the route says what was done'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
