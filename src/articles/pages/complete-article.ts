import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import type { Instant } from '../../database/now.js';
import { one, sql } from '../../database/sql.js';
import { fetchDocument, type Document, type Fetched } from '../../fetching/fetch-document.js';
import { HostTurns } from '../../fetching/host-turns.js';
import type { Figure } from '../article.entity.js';
import { allowedHosts } from '../feeds/allowed-hosts.js';
import { findSameText } from '../find-same-text.js';
import { ReadForeign, tooSlow } from '../foreign/read-foreign.js';
import { KeepFigures } from '../pictures/keep-figures.js';
import type { Source } from '../source.entity.js';
import { byDesk } from '../write-article.js';
import type { Completed, Thin } from './complete-text.js';
import { ParsePage } from './parse-page.js';
import { Robots } from './robots.js';

interface Wanted {
  article: Thin;
  source: Pick<Source, 'kind' | 'section' | 'language' | 'sample' | 'show' | 'url'>;
}

const accept = 'text/html, application/xhtml+xml;q=0.9';

/** Completes one thin article from its own page, if its site lets us. Once: what the page does not have, stays missing. */
@Injectable()
export class CompleteArticle {
  private readonly log = new Logger(CompleteArticle.name);

  constructor(
    private readonly db: DataSource,
    private readonly hosts: HostTurns,
    private readonly robots: Robots,
    private readonly parsePage: ParsePage,
    private readonly readForeign: ReadForeign,
    private readonly keepFigures: KeepFigures,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(id: string, now: Instant): Promise<void> {
    const wanted = await this.find(id);
    if (!wanted) return;
    const problem = await this.complete(wanted, now);
    if (!problem) return;
    this.log.log(`Article ${id} is not completed from its page: ${problem}`);
    await sql(this.db, `update article set page_wanted = false, page_problem = $2 where id = $1`, [
      id,
      problem.slice(0, 500),
    ]);
  }

  /** Null, or why not. */
  private async complete({ article, source }: Wanted, now: Instant): Promise<string | null> {
    const url = article.url!;
    const allowHosts = allowedHosts(source, this.config);
    const verdict = await this.robots.judge(url, allowHosts);
    if (verdict.kind === 'refused') return verdict.reason;
    const fetched = await this.hosts.take(url, allowHosts, () => fetchDocument(url, { accept, allowHosts }));
    const hindrance = hindranceIn(fetched, url);
    if (hindrance || fetched.kind !== 'ok') return hindrance;
    const facts = await this.parsePage.run(fetched.body, fetched.charset);
    if (!facts) return 'the page could not be parsed';

    const completed = await this.readForeign.complete(article, facts, source, fetched.finalUrl, now);
    if (!completed) return tooSlow;
    const rules = { allowHosts, most: source.show === 'full' ? 10 : 1, now };
    const { figures } = await this.keepFigures.run(completed.figures, rules);
    await this.write(article, completed, figures.length > 0 ? figures : article.figures, now);
    return null;
  }

  private async find(id: string): Promise<Wanted | undefined> {
    return one<Wanted>(
      this.db,
      `select json_build_object('id', a.id::text, 'url', a.url, 'title', a.title, 'standfirst', a.standfirst, 'standfirstFrom', a.standfirst_from, 'body', a.body, 'figures', a.figures,
                'section', a.section, 'language', a.language, 'author', a.author, 'dated', a.dated) as article,
              json_build_object('kind', s.kind, 'section', s.section, 'language', s.language, 'sample', s.sample, 'show', s.show, 'url', s.url) as source
         from article a join source s on s.id = a.source_id where a.id = $1 and a.page_wanted and a.url is not null`,
      [id],
    );
  }

  /** An article that was withdrawn or changed by the desk meanwhile is left alone. */
  private async write({ id }: Thin, text: Completed, figures: Figure[], now: Instant): Promise<void> {
    const { sketch, sameTextAs } = await findSameText(this.db, text, now, id);
    await sql(
      this.db,
      `update article a set page_wanted = false, page_problem = null, title = $2, standfirst = $3, body = $4, figures = $5, section = $6, language = $7,
              author = $8, published_at = coalesce($9, published_at), dated = dated or $9::timestamptz is not null, updated_at = $10, text_sketch = $11,
              same_text_as = coalesce((select id from article b where b.url = $12 and b.id < a.id), $13), standfirst_from = $14, summary_asked_at = null,
              link = case when ${movable} then coalesce(link, url) else link end, url = case when ${movable} then $12 else url end
        where id = $1 and page_wanted and withdrawn_at is null and fingerprint is distinct from '${byDesk}'`,
      [
        ...[
          id,
          text.title,
          text.standfirst,
          text.body,
          JSON.stringify(figures),
          text.section,
          text.language,
          text.author,
        ],
        ...[text.publishedAt, now, sketch, text.canonicalUrl, sameTextAs, text.standfirstFrom],
      ],
    );
  }
}

/** The page has named another address as its own, and no article has it. */
const movable = `($12::text is not null and $12 <> a.url and not exists (select 1 from article b where b.url = $12))`;

function hindranceIn(fetched: Fetched, url: string): string | null {
  if (fetched.kind !== 'ok') return fetched.kind === 'failed' ? fetched.reason : `the server answered: ${fetched.kind}`;
  if (!/html|^$/.test(fetched.contentType)) return `not a web page but ${fetched.contentType}`;
  return isFrontPage(fetched, url) ? 'its address leads to the front page' : null;
}

const isFrontPage = ({ finalUrl }: Document, asked: string) =>
  new URL(finalUrl).pathname === '/' && new URL(asked).pathname !== '/';
