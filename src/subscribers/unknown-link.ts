import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Pages } from '../pages/pages.js';
import { readerLocale } from '../pages/reader-locale.js';
import { Links } from './links.js';

/** The page for a link that this service has not signed, or whose subscription is gone: altered, cut off by a mail program, or made up. */
@Injectable()
export class UnknownLink {
  constructor(
    private readonly pages: Pages,
    private readonly links: Links,
  ) {}

  answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return this.pages.html(
      reply,
      'link-unknown',
      { locale: readerLocale(request), list: null, homeUrl: this.links.home() },
      404,
    );
  }
}
