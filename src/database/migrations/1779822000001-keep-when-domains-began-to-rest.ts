import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a domain has accepted since its last pause began decides how long the next one is (docs/decisions/0107). */
export class KeepWhenDomainsBeganToRest1779822000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table recipient_domain add column paused_at timestamptz`);
    // Until now the first pause was an hour, the next ones twice as long each time, up to a day.
    await db.query(
      `update recipient_domain set paused_at = paused_until - make_interval(mins => least(60 * (2 ^ (least(pauses, 20) - 1))::int, 1440))`,
    );
    await db.query(`alter table recipient_domain alter column paused_at set not null`);
    await db.query(`comment on column recipient_domain.pauses is 'in a row, without an accepted letter in between'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
