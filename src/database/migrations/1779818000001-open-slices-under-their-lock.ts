import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever makes a letter wait in a slice that is open and due already changed nothing in its row, and so met nobody who tended it in the same moment: the slice closed, or
 * slept until another letter's hour, without having seen the letter. Now both meet on a lock first, and look after that (docs/decisions/0215).
 */
export class OpenSlicesUnderTheirLock1779818000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function open_slice(d delivery) returns void language sql as $$
        -- meets whoever tends it, and nobody else; the next statement sees what they left
        select from slice c where c.edition_id = d.edition_id and d.id between c.first_id and c.last_id for key share;
        update slice c
           set counts = null, next_at = least(c.next_at, case when d.state = 'queued' then d.next_at end),
               expires_at = least(c.expires_at, case when d.state = 'queued' then d.expires_at end)
         where c.edition_id = d.edition_id and d.id between c.first_id and c.last_id
           and (c.counts is not null or d.state = 'queued' and (d.next_at < coalesce(c.next_at, 'infinity') or d.expires_at < coalesce(c.expires_at, 'infinity')))
      $$`);
    // What was left behind so is found by looking once.
    await db.query(`
      update slice c set counts = null, next_at = least(c.next_at, w.next_at), expires_at = least(c.expires_at, w.expires_at)
        from (select s.edition_id, s.first_id, min(d.next_at) as next_at, min(d.expires_at) as expires_at
                from slice s join delivery d on d.edition_id = s.edition_id and d.id between s.first_id and s.last_id
               where d.state = 'queued' group by 1, 2) w
       where c.edition_id = w.edition_id and c.first_id = w.first_id`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
