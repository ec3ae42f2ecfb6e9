import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { ApiKey } from '../../api/caller.js';
import type { Instant } from '../../database/now.js';
import { one } from '../../database/sql.js';
import { Tokens } from '../../tokens/tokens.js';

/** `__Host-`: sent to this host alone, over https or to localhost (RFC 6265bis §4.1.3.2). */
const name = '__Host-desk';
const hours = 12;

/**
 * Who is at the desk: a signed cookie names the key, the key itself is asked for at each request, so that a revoked one
 * fails at once. SameSite=Strict keeps other sites from posting in an editor's name; `isSameOrigin` is the second lock.
 */
@Injectable()
export class DeskSession {
  constructor(
    private readonly db: DataSource,
    private readonly tokens: Tokens,
  ) {}

  open(reply: FastifyReply, key: ApiKey, now: Instant): void {
    const until = Math.floor(now.epochMilliseconds / 1000) + hours * 3600;
    const value = this.tokens.sign('desk', `${key.id}-${until.toString(36)}`);
    setCookie(reply, value, hours * 3600);
  }

  close(reply: FastifyReply): void {
    setCookie(reply, '', 0);
  }

  /** The key that signed in, if it may still act. */
  async read(request: FastifyRequest, now: Instant): Promise<ApiKey | undefined> {
    const value = cookieOf(request);
    const payload = value ? this.tokens.read('desk', value) : null;
    const [id, until] = [payload?.slice(0, payload.lastIndexOf('-')), payload?.slice(payload.lastIndexOf('-') + 1)];
    if (!id || !until || parseInt(until, 36) * 1000 < now.epochMilliseconds) return undefined;
    return one<ApiKey>(
      this.db,
      `select id, owner, scopes from api_key where id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [id, now],
    );
  }
}

/** Browsers name the page that a form was sent from; a form of another site is refused. */
export function isSameOrigin({ headers, protocol, host }: FastifyRequest): boolean {
  const origin = headers.origin;
  if (origin === undefined || origin === 'null') return headers['sec-fetch-site'] === 'same-origin';
  return origin === `${protocol}://${host}`;
}

function setCookie(reply: FastifyReply, value: string, maxAge: number): void {
  void reply.header('set-cookie', `${name}=${value}; Path=/; Max-Age=${maxAge}; Secure; HttpOnly; SameSite=Strict`);
}

function cookieOf({ headers }: FastifyRequest): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
