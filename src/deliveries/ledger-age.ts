import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CONFIG, type Config } from '../config.js';
import { one, sql } from '../database/sql.js';

const wholeNumber = z.string().regex(/^\d+$/);
/** How far a ledger had come: whole numbers as text, neither of which goes back in one life of it. */
const ageSchema = z.object({
  /** which server and database */
  ledger: z.string(),
  /** of the admin's last word that this is the one ledger, microseconds since 1970 */
  word: wholeNumber,
  /** of the server's write-ahead log that is on its disk, bytes */
  written: wholeNumber,
});
export type Age = z.output<typeof ageSchema>;

const everyMs = 5_000;
const newborn: Age = { ledger: '', word: '0', written: '0' };

/**
 * What this process has seen of the ledger, in memory and in a file, to be held against what the ledger says. A copy of the data directory that is
 * put back has the identity of the original and cannot know what went out since; whoever saw it further on knows.
 */
@Injectable()
export class LedgerAge implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger('LedgerAge');
  private readonly file: string;
  private timer?: NodeJS.Timeout;
  private age: Age;
  private told = false;

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {
    this.file = join(config.DATA_DIR, 'ledger-age.json');
    this.age = readAge(this.file);
  }

  /** The furthest that this process has seen it. */
  get seen(): Readonly<Age> {
    return this.age;
  }

  /** Before any job begins, and every five seconds from then on. */
  async onModuleInit(): Promise<void> {
    if (!this.config.ROLES.includes('worker') && !this.config.ROLES.includes('clock')) return;
    const look = () =>
      this.look().catch((error: unknown) =>
        this.log.warn(`How far the ledger has come is not known: ${String(error)}`),
      );
    this.timer = setInterval(() => void look(), everyMs);
    await look();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /**
   * A ledger that is behind what was seen of it is marked, so that no process sends from it. An admin's newer word stands above everything that was
   * seen before it; another ledger is none of this one's business.
   */
  async look(): Promise<void> {
    const { ledger, word, written } = this.age;
    const found = await one<Age & { rewound: boolean; behind: boolean }>(
      this.db,
      `select l.name as ledger, a.word::text as word, a.written::text as written, h.rewound_at is not null as rewound,
              l.name = $1 and (a.word, a.written) < ($2::bigint, $3::bigint) as behind
         from home h, here n, ledger_age a, lateral (select n.system_identifier || '/' || n.database_oid as name) l`,
      [ledger, word, written],
    );
    if (!found || found.rewound) return;
    if (found.behind) {
      await sql(this.db, `update home set rewound_at = clock_timestamp() where rewound_at is null`);
      return this.log.error(
        'The database is behind what this process has seen of it: a copy from before was put back.',
      );
    }
    this.age = ageSchema.parse(found);
    this.keep();
  }

  private keep(): void {
    try {
      const draft = `${this.file}.${process.pid}`; // processes may share the folder
      writeFileSync(draft, JSON.stringify(this.age), { mode: 0o600 });
      renameSync(draft, this.file);
    } catch (error) {
      if (!this.told)
        this.log.warn(
          `${this.file} cannot be written (${String(error)}): a database that is put back while this is off goes unnoticed.`,
        );
      this.told = true;
    }
  }
}

function readAge(file: string): Age {
  try {
    return ageSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return newborn; // none yet, or not whole: then only what this process sees counts
  }
}
