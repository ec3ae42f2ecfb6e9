import { createHash } from 'node:crypto';
import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { notFound, unprocessable } from '../../api/problem.js';
import { Clock } from '../../database/database.module.js';
import type { Instant } from '../../database/now.js';
import { sql } from '../../database/sql.js';
import { setLogoSchema } from '../../lists/brand/brand.schema.js';
import { SaveList } from '../../lists/save-list.js';
import { shrinkLogo } from './shrink-logo.js';
import type { Shrunk } from './shrink-picture.js';

const upload = z.strictObject({
  data: z
    .base64('is not base64')
    .max(700_000, 'is larger than 500 KB; send a smaller file')
    .describe('a PNG, JPEG, WebP or GIF file in base64, 500 KB at the most'),
});

/** The picture at the head of a list's letters and pages; with pictures off, its name stands there. */
@ApiTags('lists')
@Controller('api/v1/lists/:slug/logo')
export class LogoController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly saveList: SaveList,
  ) {}

  @Put()
  @ApiOperation({ summary: 'Set a list’s logo', description: 'Shown 72 pixels high at the most, and 480 wide.' })
  @ApiOkResponse({ standardSchema: setLogoSchema })
  async set(
    @Param('slug') slug: string,
    @Body({ schema: upload }) { data }: z.output<typeof upload>,
  ): Promise<z.output<typeof setLogoSchema>> {
    const shrunk = await shrinkLogo(Buffer.from(data, 'base64'));
    if (typeof shrunk === 'string')
      throw unprocessable([
        { path: 'data', detail: `is ${shrunk}`, fix: 'Send a PNG, JPEG, WebP or GIF at least 32 pixels high.' },
      ]);
    const logo = {
      path: await this.store(shrunk, await this.clock.now()),
      ...{ width: Math.ceil(shrunk.width / 2), height: Math.ceil(shrunk.height / 2) },
    };
    if (!(await this.saveList.setLogo(slug, logo))) throw notFound('list', slug);
    return { logo };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Show a list’s name instead of a logo' })
  async remove(@Param('slug') slug: string): Promise<void> {
    if (!(await this.saveList.setLogo(slug, null))) throw notFound('list', slug);
  }

  private async store({ bytes, width, height }: Shrunk, now: Instant): Promise<string> {
    const id = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    await sql(
      this.db,
      `insert into picture (id, media_type, width, height, bytes, created_at) values ($1, 'image/png', $2, $3, $4, $5)
       on conflict (id) do nothing`,
      [id, width, height, bytes, now],
    );
    return `/pictures/${id}.png`;
  }
}
