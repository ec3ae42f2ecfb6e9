import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { digestOf, environmentId, newKey } from './api-key.js';

/**
 * Sees to it, when an instance with the web role starts, that there is a way in: the ADMIN_API_KEY setting, an admin
 * key that is there already, or a new one. A setting that was changed or taken away stops working here.
 *
 * Instances that start together wait for each other: one makes the key, the others find it.
 */
@Injectable()
export class FirstKey {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Pick<Config, 'ADMIN_API_KEY'>>,
  ) {}

  async run(now: Instant): Promise<{ kind: 'setting' } | { kind: 'present' } | { kind: 'made'; text: string }> {
    const setting = this.config.ADMIN_API_KEY;
    return this.db.transaction(async (tx) => {
      await sql(tx, 'lock table api_key in share row exclusive mode');
      if (setting) return adopt(tx, setting, now);
      await sql(tx, `update api_key set revoked_at = $2 where id = $1 and revoked_at is null`, [environmentId, now]);
      if (await hasAdminKey(tx, now)) return { kind: 'present' };
      return make(tx, now);
    });
  }
}

async function adopt(tx: EntityManager, setting: string, now: Instant): Promise<{ kind: 'setting' }> {
  await sql(
    tx,
    `insert into api_key (id, owner, scopes, secret_sha256, created_at) values ($1, 'ADMIN_API_KEY', '{admin}', $2, $3)
     on conflict (id) do update set secret_sha256 = excluded.secret_sha256, revoked_at = null, scopes = excluded.scopes,
       created_at = case when api_key.secret_sha256 = excluded.secret_sha256 then api_key.created_at else excluded.created_at end`,
    [environmentId, digestOf(setting), now],
  );
  return { kind: 'setting' };
}

async function hasAdminKey(tx: EntityManager, now: Instant): Promise<boolean> {
  const found = await one(
    tx,
    `select 1 from api_key where 'admin' = any(scopes) and revoked_at is null and (expires_at is null or expires_at > $1) limit 1`,
    [now],
  );
  return found !== undefined;
}

async function make(tx: EntityManager, now: Instant): Promise<{ kind: 'made'; text: string }> {
  const { id, text, digest } = newKey(now);
  await sql(
    tx,
    `insert into api_key (id, owner, scopes, secret_sha256, created_at) values ($1, 'first start', '{admin}', $2, $3)`,
    [id, digest, now],
  );
  return { kind: 'made', text };
}
