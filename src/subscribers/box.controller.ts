import { Controller, Get, GoneException, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { findList } from '../lists/find-list.js';
import { pageList } from '../lists/page-list.js';
import { Pages } from '../pages/pages.js';
import { readerLocale } from '../pages/reader-locale.js';

/** The box for other people's pages: alone, for a frame or the element of /embed.js, and how to put it there. */
@ApiExcludeController()
@Controller('lists/:slug')
export class BoxController {
  constructor(
    private readonly db: DataSource,
    private readonly pages: Pages,
  ) {}

  @Get('box')
  box(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show('box', slug, request, reply);
  }

  @Get('embed')
  embed(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show('embed', slug, request, reply);
  }

  private async show(view: 'box' | 'embed', slug: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const list = await findList(this.db, slug);
    if (!list) throw new NotFoundException();
    if (list.archivedAt) throw new GoneException();
    const locale = readerLocale(request, list.locale);
    return this.pages.html(reply, view, { locale, list: await pageList(this.db, list) });
  }
}
