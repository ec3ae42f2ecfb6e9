import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';

const logDays = 14;
const versionDays = 365;

/** What the newsroom needs no longer: old entries of sources' logs, and what articles said before they were changed a year ago. */
@Injectable()
export class ForgetOld {
  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    await sql(this.db, `delete from source_log where at < $1`, [now.subtract({ hours: 24 * logDays })]);
    await sql(this.db, `delete from article_version where replaced_at < $1`, [
      now.subtract({ hours: 24 * versionDays }),
    ]);
  }
}
