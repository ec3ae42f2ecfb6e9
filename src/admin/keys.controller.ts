import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { RowOf } from '../api/answer.js';
import { beforeWord, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { one, sql } from '../database/sql.js';
import { newKey } from './api-key.js';
import { keyInput, keyView, newKeyView, type KeyInput } from './key.schema.js';
import { RevokeKey } from './revoke-key.js';
import { ShownOnce } from './shown-once.js';

type KeyRow = RowOf<typeof keyView>;

const columns = `id, owner, scopes, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

@ApiTags('keys')
@Controller('api/v1/keys')
export class KeysController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly revokeKey: RevokeKey,
  ) {}

  @Get()
  @ApiOperation({ summary: 'API keys, newest first' })
  @ApiOkResponse({ standardSchema: pageOf(keyView) })
  async list(@Query({ schema: pageQuery }) query: z.output<typeof pageQuery>): Promise<Page<KeyRow>> {
    const rows = await sql<KeyRow>(
      this.db,
      `select ${columns} from api_key where $1::text is null or id < $1 order by id desc limit $2`,
      [beforeWord(query.cursor), query.limit + 1],
    );
    return page(rows, query.limit);
  }

  @Post()
  @ShownOnce()
  @ApiOperation({ summary: 'Make an API key; its text is shown in this answer only' })
  @ApiCreatedResponse({ standardSchema: newKeyView })
  async create(@Body({ schema: keyInput }) body: KeyInput): Promise<KeyRow & { key: string }> {
    const now = await this.clock.now();
    if (body.expiresAt && Temporal.Instant.compare(body.expiresAt, now) <= 0)
      throw unprocessable([
        { path: 'expiresAt', detail: 'is in the past', fix: 'Send an instant in the future, or leave it out.' },
      ]);
    const { id, text, digest } = newKey(now);
    const row = await one<KeyRow>(
      this.db,
      `insert into api_key (id, owner, scopes, secret_sha256, created_at, expires_at) values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
      [id, body.owner, body.scopes, digest, now, body.expiresAt ?? null],
    );
    return { ...row!, key: text };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key; it fails at once everywhere' })
  async revoke(@Param('id') id: string): Promise<void> {
    const outcome = await this.revokeKey.run(id, await this.clock.now());
    if (outcome.kind === 'unknown') throw notFound('key', id);
    if (outcome.kind === 'last admin key')
      throw conflict('This is the last admin key that does not expire: make another one first, or nobody can.');
  }
}
