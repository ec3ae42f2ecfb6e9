import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { digestOf, environmentId, newKey } from './api-key.js';

export type FirstKeyFound =
  { kind: 'setting' } | { kind: 'revoked setting' } | { kind: 'present' } | { kind: 'made'; text: string };

const revokedSetting =
  'ADMIN_API_KEY holds a key that was revoked: it opens nothing. Set another text, or remove the setting and use another admin key.';

/**
 * Sees to it, when an instance with the web role starts, that there is a way in: the ADMIN_API_KEY setting, an admin
 * key that is there already, or a new one. A setting that was changed or taken away stops working here.
 *
 * Instances that start together wait for each other: one makes the key, the others find it.
 */
@Injectable()
export class FirstKey {
  private readonly log = new Logger('API keys');

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Pick<Config, 'ADMIN_API_KEY'>>,
  ) {}

  async run(now: Instant): Promise<FirstKeyFound> {
    const setting = this.config.ADMIN_API_KEY;
    return this.db.transaction(async (tx) => {
      await sql(tx, 'lock table api_key in share row exclusive mode');
      if (setting) {
        const adopted = await adopt(tx, setting, now);
        if (adopted.kind === 'revoked setting') this.log.warn(revokedSetting);
        return adopted;
      }
      await sql(tx, `update api_key set expires_at = $2 where id = $1 and expires_at is null`, [environmentId, now]);
      if (await hasAdminKey(tx, now)) return { kind: 'present' };
      return make(tx, now);
    });
  }
}

/** The setting's key. Revoked by an admin, a text stays revoked through every restart; another text is another key. */
async function adopt(tx: EntityManager, setting: string, now: Instant): Promise<FirstKeyFound> {
  const row = await one<{ revoked: boolean }>(
    tx,
    `insert into api_key (id, owner, scopes, secret_sha256, created_at) values ($1, 'ADMIN_API_KEY', '{admin}', $2, $3)
     on conflict (id) do update set secret_sha256 = excluded.secret_sha256, scopes = excluded.scopes, expires_at = null,
       revoked_at = case when api_key.secret_sha256 = excluded.secret_sha256 then api_key.revoked_at end,
       created_at = case when api_key.secret_sha256 = excluded.secret_sha256 then api_key.created_at else excluded.created_at end
     returning revoked_at is not null as revoked`,
    [environmentId, digestOf(setting), now],
  );
  return { kind: row!.revoked ? 'revoked setting' : 'setting' };
}

async function hasAdminKey(tx: EntityManager, now: Instant): Promise<boolean> {
  const found = await one(
    tx,
    `select 1 from api_key where 'admin' = any(scopes) and revoked_at is null and (expires_at is null or expires_at > $1) limit 1`,
    [now],
  );
  return found !== undefined;
}

async function make(tx: EntityManager, now: Instant): Promise<FirstKeyFound> {
  const { id, text, digest } = newKey(now);
  await sql(
    tx,
    `insert into api_key (id, owner, scopes, secret_sha256, created_at) values ($1, 'first start', '{admin}', $2, $3)`,
    [id, digest, now],
  );
  return { kind: 'made', text };
}
