import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { sql } from '../database/sql.js';
import { findList } from '../lists/find-list.js';

/** sitemaps.org allows 50,000 addresses in one file. */
const mostAddresses = 45_000;

/** What crawlers may look at: lists, their issues, and articles of one's own. Excerpts name the original as canonical and are left out. */
@ApiExcludeController()
@Controller()
export class SitemapController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  @Get('sitemap.xml')
  async sitemap(@Res() reply: FastifyReply): Promise<void> {
    const standard = await findList(this.db);
    const rows = await sql<{ path: string; at: Date | null }>(
      this.db,
      `(select case when id = $1 then '' else '/lists/' || slug end || '/' as path, null::timestamptz as at from list where archived_at is null)
       union all
       (select distinct case when l.id = $1 then '' else '/lists/' || l.slug end || '/archive/' || e.local_date, max(e.composed_at)
          from edition e join list l on l.id = e.list_id
         where e.public_variant_id is not null and e.audience <> 'new' group by l.id, l.slug, e.local_date)
       union all
       (select '/articles/' || slug, updated_at from article where show = 'full' and withdrawn_at is null order by id desc)
       limit ${mostAddresses}`,
      [standard?.id ?? null],
    );
    const urls = rows.map(
      ({ path, at }) =>
        `<url><loc>${this.config.PUBLIC_URL}${path.replace(/(\/lists\/[^/]+)\/$/, '$1')}</loc>${at ? `<lastmod>${at.toISOString()}</lastmod>` : ''}</url>`,
    );
    await reply
      .headers({ 'cache-control': 'public, max-age=3600', 'x-content-type-options': 'nosniff' })
      .type('application/xml; charset=utf-8')
      .send(
        `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`,
      );
  }
}
