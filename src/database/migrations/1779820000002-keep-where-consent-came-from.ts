import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepWhereConsentCameFrom1779820000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table subscription add column consent_at timestamptz, add column consent_source text`);
    await db.query(`
      update subscription s
         set consent_source = e.detail ->> 'source', consent_at = least((e.detail ->> 'consentAt')::timestamptz, s.confirmed_at)
        from (select distinct on (subscriber_id, list_id) * from consent_event
               where kind in ('confirmed', 'attested') order by subscriber_id, list_id, id desc) e
       where e.kind = 'attested' and e.subscriber_id = s.subscriber_id and e.list_id = s.list_id and s.confirmed_at is not null`);
    await db.query(`
      alter table subscription
        add constraint subscription_consent check ((consent_at is null) = (consent_source is null)),
        add constraint subscription_consent_before check (consent_at <= confirmed_at)`);
    await db.query(
      `comment on column subscription.consent_at is 'when consent was given, by the word of an admin; null: the reader has confirmed, or not yet'`,
    );
    await db.query(`comment on column subscription.consent_source is 'where, in the admin''s words'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
