import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A dump restored into the same database, and a copy of the data directory put back, are seen too (docs/decisions/0105). */
export class NoticeRestoresInPlace1779815000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table home add column ledger_oid bigint, add column rewound_at timestamptz;
      update home set ledger_oid = 'delivery'::regclass::oid::bigint;
      alter table home alter ledger_oid set not null;
      comment on column home.ledger_oid is 'of the table delivery: a dump restored in place makes it anew';
      comment on column home.rewound_at is 'when a process found the server behind what it had seen of it'`);
    await db.query(`
      create or replace view here as
      select s.system_identifier::text as system_identifier,
             ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint as timeline, d.oid::bigint as database_oid,
             'delivery'::regclass::oid::bigint as ledger_oid
        from pg_control_system() s, pg_database d where d.datname = current_database()`);
    // The admin's last word, and how much of the server's log is on its disk: in one life of a ledger neither ever goes back.
    await db.query(`
      create view ledger_age as
      select (extract(epoch from confirmed_at) * 1000000)::bigint as word, (pg_current_wal_flush_lsn() - '0/0')::bigint as written
        from home;
      create function at_home(seen_word bigint, seen_written bigint) returns boolean stable language sql as $$
        select not exists (
          select 1 from home h, here n, ledger_age a
           where h.rewound_at is not null or (a.word, a.written) < (seen_word, seen_written)
              or (h.system_identifier, h.timeline, h.database_oid, h.ledger_oid) is distinct from (n.system_identifier, n.timeline, n.database_oid, n.ledger_oid))
      $$;
      create or replace function at_home() returns boolean stable language sql as $$ select at_home(0, 0) $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
