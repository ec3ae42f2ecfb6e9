import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { findAsset } from './assets.js';

/** Style sheet and icon of the pages, and what crawlers and browsers ask for unasked. */
@Controller()
export class AssetsController {
  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const asset = findAsset(name);
    if (!asset) throw new NotFoundException();
    reply
      .header('cache-control', asset.exact ? 'public, max-age=31536000, immutable' : 'no-cache')
      .header('x-content-type-options', 'nosniff')
      .type(asset.mediaType)
      .send(asset.bytes);
  }

  @Get('favicon.ico')
  icon(@Res() reply: FastifyReply): void {
    this.asset('icon.svg', reply);
  }

  @Get('robots.txt')
  robots(@Res() reply: FastifyReply): void {
    const closed = ['/api/', '/confirm/', '/unsubscribe/', '/preferences/'];
    const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), ''];
    reply.type('text/plain; charset=utf-8').send(lines.join('\n'));
  }
}
