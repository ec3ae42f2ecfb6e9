import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Pages } from '../pages/pages.js';
import { readerLocale } from '../pages/reader-locale.js';
import { Links } from './links.js';

/**
 * The page for a link that leads nowhere. One that this service has not signed was altered, cut off by a mail program, or made up. One that it has signed to
 * end a subscription has nothing left to end: its reader was erased, or never confirmed. Then the answer is what they wanted: they are on no list.
 */
@Injectable()
export class UnknownLink {
  constructor(
    private readonly pages: Pages,
    private readonly links: Links,
  ) {}

  answer(request: FastifyRequest, reply: FastifyReply, isOurs = false): Promise<void> {
    const page = { locale: readerLocale(request), list: null, homeUrl: this.links.home() };
    return isOurs
      ? this.pages.html(reply, 'no-subscription', page, 200)
      : this.pages.html(reply, 'link-unknown', page, 404);
  }
}
