import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { coloursOf } from '../../letters/brand.js';
import { findList } from '../find-list.js';

/** A list's colours for its pages: a style sheet, for pages hold nothing inline. */
@ApiExcludeController()
@Controller('lists/:slug/brand.css')
export class BrandController {
  constructor(private readonly db: DataSource) {}

  @Get()
  async sheet(@Param('slug') slug: string, @Res() reply: FastifyReply): Promise<void> {
    const list = await findList(this.db, slug);
    if (!list) throw new NotFoundException();
    const { accent, accentDark } = coloursOf(list.brand);
    const css = [
      `:root { --accent: ${accent}; --on-accent: #fff; }`,
      `@media (prefers-color-scheme: dark) { :root { --accent: ${accentDark}; --on-accent: #1b1210; } }`,
      '',
    ].join('\n');
    reply
      .headers({ 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' })
      .type('text/css; charset=utf-8')
      .send(css);
  }
}
