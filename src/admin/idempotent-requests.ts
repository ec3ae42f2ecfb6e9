import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';

export interface Claim {
  keyId: string;
  idempotencyKey: string;
  fingerprint: Buffer;
}

export interface Answer {
  status: number;
  body: unknown;
}

/** What became of a request under this key: ours to do, done before, another one, or not (known to be) finished. */
export type Claimed =
  | { kind: 'ours' }
  | { kind: 'answered'; answer: Answer }
  | { kind: 'another request' }
  | { kind: 'unfinished'; since: Date };

export const fingerprintOf = (method: string, url: string, body: unknown): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest();

/** The answers to requests with an Idempotency-Key, kept for 24 hours. The primary key decides which instance acts. */
@Injectable()
export class IdempotentRequests {
  constructor(private readonly db: DataSource) {}

  /** Forgets the answers that hold this text, such as the address of somebody who is erased. */
  async forgetAnswersWith(tx: Db, text: string): Promise<void> {
    await sql(tx, `delete from idempotent_request where position($1 in body::text) > 0`, [text]);
  }

  async claim(claim: Claim, now: Instant): Promise<Claimed> {
    const ours = await one(
      this.db,
      `insert into idempotent_request (key_id, idempotency_key, fingerprint, created_at) values ($1, $2, $3, $4)
       on conflict (key_id, idempotency_key) do update
         set fingerprint = excluded.fingerprint, status = null, body = null, created_at = excluded.created_at
         where idempotent_request.created_at <= excluded.created_at - interval '24 hours'
       returning key_id`,
      [claim.keyId, claim.idempotencyKey, claim.fingerprint, now],
    );
    return ours ? { kind: 'ours' } : this.find(claim, now);
  }

  private async find(claim: Claim, now: Instant): Promise<Claimed> {
    const row = await one<{ fingerprint: Buffer; status: number | null; body: unknown; since: Date }>(
      this.db,
      `select fingerprint, status, body, created_at as since from idempotent_request where key_id = $1 and idempotency_key = $2`,
      [claim.keyId, claim.idempotencyKey],
    );
    // Given back between the two statements, by an error: whoever repeats now may try.
    if (!row) return this.claim(claim, now);
    if (!row.fingerprint.equals(claim.fingerprint)) return { kind: 'another request' };
    if (row.status === null) return { kind: 'unfinished', since: row.since };
    return { kind: 'answered', answer: { status: row.status, body: row.body } };
  }

  async keep(claim: Claim, answer: Answer): Promise<void> {
    await sql(
      this.db,
      `update idempotent_request set status = $4, body = $5
        where key_id = $1 and idempotency_key = $2 and fingerprint = $3 and status is null`,
      [claim.keyId, claim.idempotencyKey, claim.fingerprint, answer.status, JSON.stringify(answer.body ?? null)],
    );
  }

  /** After an error of ours: the request may be tried again. */
  async giveBack(claim: Claim): Promise<void> {
    await sql(
      this.db,
      `delete from idempotent_request where key_id = $1 and idempotency_key = $2 and fingerprint = $3 and status is null`,
      [claim.keyId, claim.idempotencyKey, claim.fingerprint],
    );
  }
}
