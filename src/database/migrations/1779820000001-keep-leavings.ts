import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepLeavings1779820000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // A sign-up used to make an ended subscription pending and to forget when its reader had left: the consent events know.
    await db.query(`
      update subscription s
         set state = 'ended', ended_at = coalesce(left_at, requested_at - interval '1 ms'),
             requested_at = greatest(requested_at, left_at + interval '1 ms')
        from (select p.id, max(e.at) as left_at
                from subscription p
                left join consent_event e on e.subscriber_id = p.subscriber_id and e.list_id = p.list_id and e.kind = 'ended'
               where p.state = 'pending' group by p.id) o
       where o.id = s.id and (left_at is not null or s.confirmed_at is not null)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
