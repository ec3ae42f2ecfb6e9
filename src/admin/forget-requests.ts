import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';

/** Forgets answers kept under an Idempotency-Key that are older than 24 hours. */
@Injectable()
export class ForgetRequests {
  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    await sql(this.db, `delete from idempotent_request where created_at <= $1::timestamptz - interval '24 hours'`, [
      now,
    ]);
  }
}
