import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { one } from '../../database/sql.js';

/** Pictures of articles. The address is made from the bytes, so what it stands for never changes. */
@ApiExcludeController()
@Controller('pictures')
export class PicturesController {
  constructor(private readonly db: DataSource) {}

  @Get(':file')
  async picture(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const id = /^([0-9a-f]{32})\.(?:jpg|png)$/.exec(file)?.[1];
    const row =
      id &&
      (await one<{ media_type: string; bytes: Buffer }>(
        this.db,
        `select media_type, bytes from picture where id = $1`,
        [id],
      ));
    if (!row) throw new NotFoundException();
    await reply
      .headers({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'",
        'cross-origin-resource-policy': 'cross-origin', // web mail shows them inside pages of its own
        'x-content-type-options': 'nosniff',
      })
      .type(row.media_type)
      .send(row.bytes);
  }
}
