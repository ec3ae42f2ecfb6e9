import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Post } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { sql } from '../../src/database/sql.js';
import { call, startApiApp, type ApiApp } from '../support/api-app.js';
import { freshDatabase } from '../support/database.js';

@Controller()
class TokenController {
  constructor(private readonly db: DataSource) {}

  @Get('confirm/:token')
  confirm() {
    return 'ok';
  }

  @Get('api/broken')
  async broken() {
    await sql(this.db, `insert into suppression (address, reason, created_at) values ($1, 'nonsense', now())`, [
      'ada@example.org',
    ]);
  }

  @Post('api/cast')
  cast() {
    return sql(this.db, 'select $1::bigint', ['token-of-ada']);
  }
}

const lines: string[] = [];
let database: Awaited<ReturnType<typeof freshDatabase>>;
let api: ApiApp;

beforeAll(async () => {
  database = await freshDatabase();
  const out = { isTTY: false, write: (line: string) => lines.push(line) } as unknown as NodeJS.WriteStream;
  api = await startApiApp(database.url, {}, [TokenController], out);
});

afterAll(async () => {
  await api?.stop();
  await database?.drop();
});

describe('the log of requests', () => {
  it('names routes, not URLs, and no value of a failed statement', async () => {
    await call(api.url, 'GET', '/confirm/secret-token?email=ada@example.org', {
      headers: { cookie: 'a=b', authorization: 'Bearer dnb_x' },
    });
    await call(api.url, 'GET', '/nowhere/secret-token');
    const broken = await call(api.url, 'GET', '/api/broken');
    await call(api.url, 'POST', '/api/cast');
    await call(api.url, 'GET', '/health/live');
    const log = lines.join('');
    expect(log).not.toContain('request completed');
    expect(log).not.toMatch(/secret-token|ada|token-of|a=b|dnb_x/);
    const answered = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered');
    expect(answered.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
      'GET /confirm/:token 200',
      'GET none 404',
      'GET /api/broken 500',
      'POST /api/cast 500',
    ]);
    const failure = lines.map((line) => JSON.parse(line)).find(({ id }) => id === broken.json.id);
    expect(failure).toMatchObject({
      level: 50,
      reqId: answered[2]?.reqId,
      err: { type: 'QueryFailedError', code: '23514', table: 'suppression' },
    });
  });
});
