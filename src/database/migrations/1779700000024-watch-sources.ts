import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WatchSources1779700000024 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table source
        add column health text not null default 'well' check (health in ('well', 'failing', 'stuck', 'silent', 'flooding', 'undated')),
        add column health_detail text`);
    await db.query(`comment on column source.health is 'judged from the source''s own history (judge-health.ts)'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
