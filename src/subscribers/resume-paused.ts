import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';

/** A pause ends by itself on its date: `paused → active`. An edition that was due before, and is late, is not for this reader. */
@Injectable()
export class ResumePaused {
  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    await sql(
      this.db,
      `update subscription set state = 'active', paused_until = null, morning_from = greatest(morning_from, paused_until)
        where state = 'paused' and paused_until <= $1`,
      [now],
    );
  }
}
