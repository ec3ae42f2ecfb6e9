import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { sql } from '../database/sql.js';
import { HealthChecks } from './health-checks.js';

/** The database answers, and has every migration of this build (more, from a newer build that is being rolled out, do no harm). */
@Injectable()
export class DatabaseChecks implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly checks: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.checks.need('database', () => this.answers());
    this.checks.need('migrations', () => this.isUpToDate());
  }

  private async answers(): Promise<void> {
    try {
      await sql(this.db, 'select 1');
    } catch (cause) {
      throw new Error('PostgreSQL does not answer.', { cause });
    }
  }

  private async isUpToDate(): Promise<void> {
    const done = await sql<{ name: string }>(this.db, 'select name from migrations').catch((cause: unknown) => {
      throw new Error('The table of migrations cannot be read.', { cause });
    });
    const names = new Set(done.map(({ name }) => name));
    const pending = this.db.migrations
      .map((migration) => migration.name ?? migration.constructor.name)
      .filter((name) => !names.has(name));
    if (pending.length > 0) throw new Error(`Not yet run: ${pending.join(', ')}.`);
  }
}
