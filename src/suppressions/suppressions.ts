import { Injectable } from '@nestjs/common';
import type { Db } from '../database/sql.js';
import { one, sql } from '../database/sql.js';
import type { Instant } from '../database/now.js';

export const suppressionReasons = ['bounce', 'complaint', 'manual', 'erased'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** What a reader or the law said: lifting it takes the same scope as attesting consent. */
export const isWeighty = (reason: SuppressionReason): boolean => reason === 'complaint' || reason === 'erased';

/** What the mail world allows, by address. It never touches a subscription: what a reader wants is another matter. */
@Injectable()
export class Suppressions {
  /** Adds, or keeps the one that stands; a bounce gives way to what weighs more. True when something changed. */
  async add(db: Db, address: string, reason: SuppressionReason, detail: string, now: Instant): Promise<boolean> {
    const row = await one(
      db,
      `insert into suppression (address, reason, detail, created_at) values ($1, $2, $3, $4)
       on conflict (address) do update set reason = excluded.reason, detail = excluded.detail, created_at = excluded.created_at
         where suppression.reason = 'bounce' and excluded.reason <> 'bounce'
       returning address`,
      [address, reason, detail.slice(0, 500), now],
    );
    return row !== undefined;
  }

  /** @param reasons only a suppression for one of these @returns false where there is none */
  async lift(db: Db, address: string, reasons: readonly SuppressionReason[]): Promise<boolean> {
    const statement = `delete from suppression where address = $1 and reason = any($2) returning address`;
    return (await sql(db, statement, [address, reasons])).length > 0;
  }

  async has(db: Db, address: string): Promise<boolean> {
    return (await one(db, `select from suppression where address = $1`, [address])) !== undefined;
  }

  /** A reader who confirms has shown that an old bounce is over; complaints and an admin's word stand. */
  async liftBounce(db: Db, address: string): Promise<void> {
    await sql(db, `delete from suppression where address = $1 and reason = 'bounce'`, [address]);
  }
}

/**
 * Whether letters may go to those who have just typed these addresses, as part of the sign-ups' statement: no row for an
 * address that nothing stands against; else `taken`, true once after a bounce and only where `may` holds. The same work whatever the answer.
 * @param posts a name in the statement around it, with the columns `address` and `may`
 * @param now an expression of it
 */
export const takeChances = (posts: string, now: string): string => `
  update suppression s set confirmation_at = case when o.free then ${now} else s.confirmation_at end
    from (select x.id, p.may and x.reason = 'bounce' and x.confirmation_at is null as free
            from ${posts} p join suppression x using (address) for update of x) o
   where s.id = o.id returning s.address, o.free as taken`;
