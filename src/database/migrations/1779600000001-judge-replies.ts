import type { MigrationInterface, QueryRunner } from 'typeorm';

export class JudgeReplies1779600000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table delivery
        add column cause text check (cause in
          ('hard', 'full', 'unclear', 'policy', 'rate', 'busy', 'slow', 'letter', 'sender', 'utf8', 'line', 'transport')),
        add column resent_at timestamptz`);
    await db.query(`
      comment on column delivery.cause is 'what the last failure was about (docs/decisions/0101); null: none, or nobody knows'`);
    await db.query(`
      comment on column delivery.resent_at is 'when a delivery of unknown outcome was sent once more; by itself that happens once'`);
    await db.query(`create index delivery_unknown on delivery (id) where state = 'unknown'`);
    await db.query(`alter table edition add column resumed_at timestamptz`);
    await db.query(`
      comment on column edition.resumed_at is 'when an admin let it go on: the breaker looks at nothing claimed before'`);
    await db.query(`
      create table recipient_domain (
        domain text primary key,
        paused_until timestamptz not null,
        pauses smallint not null,
        reason text not null
      )`);
    await db.query(`
      comment on table recipient_domain is 'domains that refuse us for what we are: none of their readers is tried before paused_until'`);
    await db.query(`create index suppression_bounced on suppression (created_at) where reason = 'bounce'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
