import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';

/** Longer than any article is compared with new ones. */
const keptDays = 30;

/** Vectors are kilobytes each, and of no use once their article is out of the index. */
@Injectable()
export class ForgetVectors {
  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    await sql(
      this.db,
      `delete from article_vector v using article a where a.id = v.article_id and a.first_seen_at < $1`,
      [now.subtract({ hours: 24 * keptDays })],
    );
  }
}
