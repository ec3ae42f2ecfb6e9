import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { one, sql } from '../database/sql.js';
import { Alarms } from '../health/alarms.js';
import { HealthChecks } from '../health/health-checks.js';

const words =
  'This database has been restored, copied or failed over: nothing is sent until POST /api/v1/restore/confirm.';

/** Where the ledger lives: `remembered` is confirmed, `here` is what the server says now. */
export interface Whereabouts {
  atHome: boolean;
  remembered: Place | null;
  here: Place;
  /** When it was found to be behind what a process had seen of it. */
  rewoundAt: Date | null;
}

interface Place {
  systemIdentifier: string;
  timeline: string;
  databaseOid: string;
  ledgerOid: string;
}

const place = `'systemIdentifier', system_identifier, 'timeline', timeline::text, 'databaseOid', database_oid::text, 'ledgerOid', ledger_oid::text`;

/**
 * A ledger in another place than it remembers may be one of two copies, or older than what went out: reading and arming stand
 * still by themselves (`at_home()`); this tells it, and takes an admin's word that it may go on.
 */
@Injectable()
export class RestoreGuard implements OnModuleInit {
  private away = false;

  constructor(
    private readonly db: DataSource,
    private readonly checks: HealthChecks,
    private readonly alarms: Alarms,
  ) {}

  onModuleInit(): void {
    this.checks.watch('restore', async () => {
      if (!(await this.look()).atHome) throw new Error(words);
    });
  }

  /** At boot and at each tick: remembers the place the first time, raises an alarm once when it is another. */
  async run(): Promise<void> {
    await sql(
      this.db,
      `insert into home (system_identifier, timeline, database_oid, ledger_oid, confirmed_at)
       select system_identifier, timeline, database_oid, ledger_oid, clock_timestamp() from here on conflict do nothing`,
    );
    const { atHome } = await this.look();
    if (!atHome && !this.away) this.alarms.raise('restore', words);
    this.away = !atHome;
  }

  /** An admin's word: this is the one ledger, from here on. Later than any word before it, by the database's own clock. */
  async confirm(): Promise<void> {
    await sql(
      this.db,
      `update home h set system_identifier = n.system_identifier, timeline = n.timeline, database_oid = n.database_oid,
              ledger_oid = n.ledger_oid, rewound_at = null,
              confirmed_at = greatest(clock_timestamp(), h.confirmed_at + interval '1 microsecond')
         from here n where not at_home()`,
    );
  }

  async look(): Promise<Whereabouts> {
    const found = await one<Whereabouts>(
      this.db,
      `select at_home() as "atHome", (select jsonb_build_object(${place}) from home) as remembered,
              (select jsonb_build_object(${place}) from here) as here,
              (select rewound_at from home) as "rewoundAt"`,
    );
    return found!;
  }
}
