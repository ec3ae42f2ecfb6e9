import { Injectable } from '@nestjs/common';
import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { Tokens } from '../tokens/tokens.js';

/**
 * Whose data was erased, known by an HMAC of the address alone: enough to keep an import or an admin from bringing them back, too little to
 * write to them. Their own sign-up and confirmation lifts it.
 */
@Injectable()
export class Erased {
  constructor(private readonly tokens: Tokens) {}

  /** Takes the place of whatever stood against the address in plain. */
  async add(tx: Db, address: string, now: Instant): Promise<void> {
    await sql(tx, `delete from suppression where address = $1`, [address]);
    await sql(
      tx,
      `insert into suppression (address, reason, created_at) values ($1, 'erased', $2) on conflict (address) do nothing`,
      [this.marksOf(address)[0], now],
    );
  }

  async has(db: Db, address: string): Promise<boolean> {
    const row = await one(db, `select 1 from suppression where address = any($1) and reason = 'erased'`, [
      this.marksOf(address),
    ]);
    return row !== undefined;
  }

  async lift(tx: Db, address: string): Promise<void> {
    await sql(tx, `delete from suppression where address = any($1) and reason = 'erased'`, [this.marksOf(address)]);
  }

  /** One for each key of SECRET: the first one marks, all are known again. */
  private marksOf(address: string): [string, ...string[]] {
    return this.tokens.digests('erased', address).map((digest) => `erased:${digest}`) as [string, ...string[]];
  }
}
