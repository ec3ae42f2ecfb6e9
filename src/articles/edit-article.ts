import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FieldError } from '../api/problem.js';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import type { ArticleChange } from './article-input.js';
import { Article } from './article.entity.js';
import { ComposeText } from './compose-text.js';
import { notAfter } from './published-at.js';
import { WithdrawArticle } from './withdraw-article.js';
import { byDesk, updateArticle } from './write-article.js';

export type Edited =
  | { kind: 'edited'; leftOut: { src: string; reason: string }[] }
  | { kind: 'unknown' }
  | { kind: 'withdrawn' }
  | { kind: 'refused'; errors: FieldError[] };

/** Changes some fields of an article. The desk's version stands: a feed that brought it no longer changes it. */
@Injectable()
export class EditArticle {
  constructor(
    private readonly db: DataSource,
    private readonly composeText: ComposeText,
    private readonly withdrawArticle: WithdrawArticle,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(id: string, { withdrawn, ...change }: ArticleChange, now: Instant): Promise<Edited> {
    if (withdrawn === false)
      await sql(
        this.db,
        `update article set withdrawn_at = null, updated_at = $2 where id = $1 and withdrawn_at is not null`,
        [id, now],
      );
    const article = await this.db.getRepository(Article).findOneBy({ id });
    if (!article) return { kind: 'unknown' };
    if (article.withdrawnAt && withdrawn !== true) return { kind: 'withdrawn' };

    const edited =
      Object.keys(change).length > 0 && !article.withdrawnAt ? await this.edit(article, change, now) : nothingLeftOut;
    if (withdrawn && edited.kind === 'edited') await this.withdrawArticle.run(id, now);
    return edited;
  }

  private async edit(article: Article, change: Omit<ArticleChange, 'withdrawn'>, now: Instant): Promise<Edited> {
    const { publishedAt, ...words } = change;
    // Sentences of the text, or a model's, are taken anew from the text as it is now.
    const own = article.standfirstFrom === 'publisher' ? article.standfirst : '';
    const merged = { ...article, standfirst: own, ...words };
    const composed = await this.composeText.run(merged, article.url ?? this.config.PUBLIC_URL, now);
    if (composed.kind === 'refused') return composed;

    const { standfirst, standfirstFrom, body, figures, leftOut } = composed;
    const text = { ...merged, standfirst, standfirstFrom, body, figures, fingerprint: byDesk };
    const outcome = await updateArticle(
      this.db,
      article.id,
      text,
      publishedAt ? notAfter(publishedAt, now) : null,
      now,
    );
    return outcome === 'left alone' ? { kind: 'withdrawn' } : { kind: 'edited', leftOut };
  }
}

const nothingLeftOut: Edited = { kind: 'edited', leftOut: [] };
