import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import type { ApiKey } from '../api/caller.js';
import { digestOf, possibleIds, sameDigest } from './api-key.js';

interface KeyRow extends ApiKey {
  digest: Buffer;
  stale: boolean;
}

/** Finds whose key a text is. Nothing is cached: a key revoked on one instance fails at once on all. */
@Injectable()
export class IdentifyKey {
  constructor(private readonly db: DataSource) {}

  async run(text: string, now: Instant): Promise<ApiKey | undefined> {
    const digest = digestOf(text);
    const rows = await sql<KeyRow>(
      this.db,
      `select id, owner, scopes, secret_sha256 as digest,
              last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute' as stale
         from api_key
        where id = any($1) and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [possibleIds(text), now],
    );
    const row = rows.find((candidate) => sameDigest(candidate.digest, digest));
    if (!row) return undefined;
    if (row.stale) await sql(this.db, `update api_key set last_used_at = $2 where id = $1`, [row.id, now]);
    return { id: row.id, owner: row.owner, scopes: row.scopes };
  }
}
