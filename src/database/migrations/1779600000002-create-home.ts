import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateHome1779600000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table home (
        id boolean primary key default true check (id),
        system_identifier text not null,
        timeline bigint not null,
        database_oid bigint not null,
        confirmed_at timestamptz not null
      )`);
    await db.query(`
      comment on table home is 'the server and database this ledger was last known to be the only copy in; one row'`);
    await db.query(`
      create view here as
      select s.system_identifier::text as system_identifier, c.timeline_id::bigint as timeline, d.oid::bigint as database_oid
        from pg_control_system() s, pg_control_checkpoint() c, pg_database d where d.datname = current_database()`);
    // A function, so that claim and arm ask it in their own statement: a flag set by a tick would come too late.
    await db.query(`
      create function at_home() returns boolean stable language sql as $$
        select not exists (
          select 1 from home h, here n
           where (h.system_identifier, h.timeline, h.database_oid) is distinct from (n.system_identifier, n.timeline, n.database_oid))
      $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
