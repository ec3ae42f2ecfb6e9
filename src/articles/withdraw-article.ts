import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';

/** Takes an article back: no edition carries it any more, its page says that it is gone, and no poll brings it back. */
@Injectable()
export class WithdrawArticle {
  constructor(private readonly db: DataSource) {}

  async run(id: string, now: Instant): Promise<'withdrawn' | 'already' | 'unknown'> {
    const changed = await one(
      this.db,
      `update article set withdrawn_at = $2 where id = $1 and withdrawn_at is null returning id`,
      [id, now],
    );
    if (changed) return 'withdrawn';
    return (await one(this.db, `select 1 from article where id = $1`, [id])) ? 'already' : 'unknown';
  }
}
