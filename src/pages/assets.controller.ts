import { Controller, Get, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CONFIG, type Config } from '../config.js';
import { findAsset, type Asset } from './assets.js';

/** The box stands on other people's sites too, and brings its style sheet and script with it. They hold nothing of anybody. */
const forAllSites = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/** Style sheet, script and icon of the pages, and what crawlers and browsers ask for unasked. */
@Controller()
export class AssetsController {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>) {}

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const asset = findAsset(name);
    if (!asset) throw new NotFoundException();
    send(reply, asset, asset.exact ? 'public, max-age=31536000, immutable' : 'no-cache');
  }

  @Get('favicon.ico')
  icon(@Res() reply: FastifyReply): void {
    send(reply, findAsset('icon.svg')!, 'no-cache');
  }

  /** The script of the box under an address that stays, for other people's pages. */
  @Get('embed.js')
  script(@Res() reply: FastifyReply): void {
    send(reply, findAsset('box.js')!, 'public, max-age=3600');
  }

  @Get('robots.txt')
  robots(@Res() reply: FastifyReply): void {
    const closed = ['/api/', '/confirm/', '/unsubscribe/', '/preferences/', '/address/'];
    const lines = [
      'User-agent: *',
      ...closed.map((path) => `Disallow: ${path}`),
      `Sitemap: ${this.config.PUBLIC_URL}/sitemap.xml`,
      '',
    ];
    reply.type('text/plain; charset=utf-8').send(lines.join('\n'));
  }
}

function send(reply: FastifyReply, asset: Asset, cacheControl: string): void {
  reply
    .headers({ 'cache-control': cacheControl, 'x-content-type-options': 'nosniff', ...forAllSites })
    .type(asset.mediaType)
    .send(asset.bytes);
}
