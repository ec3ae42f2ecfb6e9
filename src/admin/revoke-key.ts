import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';

/** Revokes a key; a second time changes nothing. The last admin key stays, or nobody could make another; keys that will expire do not count in place of one that lasts. */
@Injectable()
export class RevokeKey {
  constructor(private readonly db: DataSource) {}

  async run(id: string, now: Instant): Promise<{ kind: 'revoked' } | { kind: 'unknown' } | { kind: 'last admin key' }> {
    return this.db.transaction(async (tx) => {
      // Two admins who revoke each other's key at once: the second waits here, and finds one key left.
      const admins = await sql<{ id: string; lasting: boolean }>(
        tx,
        `select id, expires_at is null as lasting from api_key
          where 'admin' = any(scopes) and revoked_at is null and (expires_at is null or expires_at > $1) order by id for update`,
        [now],
      );
      const key = admins.find((admin) => admin.id === id);
      const others = admins.filter((admin) => admin.id !== id);
      if (key && !others.some(({ lasting }) => lasting || !key.lasting)) return { kind: 'last admin key' };
      const known = await one(
        tx,
        `update api_key set revoked_at = coalesce(revoked_at, $2) where id = $1 returning id`,
        [id, now],
      );
      return { kind: known ? 'revoked' : 'unknown' };
    });
  }
}
