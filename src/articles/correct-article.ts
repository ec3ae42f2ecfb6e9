import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FieldError } from '../api/problem.js';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import type { ArticleChange } from './article-input.js';
import { EditArticle } from './edit-article.js';

/** @property text what was wrong and what is right, told to readers @property change null: the article is withdrawn */
export interface CorrectionOrder {
  text: string;
  change: Pick<ArticleChange, 'title' | 'standfirst' | 'body'> | null;
}

export type Corrected =
  | { kind: 'corrected'; id: string }
  | { kind: 'unknown' }
  | { kind: 'withdrawn' }
  | { kind: 'refused'; errors: FieldError[] };

/** Puts right what was published, or takes it back, and keeps what readers had and what they are told. */
@Injectable()
export class CorrectArticle {
  constructor(
    private readonly db: DataSource,
    private readonly editArticle: EditArticle,
  ) {}

  async run(id: string, { text, change }: CorrectionOrder, by: string, now: Instant): Promise<Corrected> {
    const was = await one<{ title: string; standfirst: string }>(
      this.db,
      `select title, standfirst from article where id = $1`,
      [id],
    );
    if (!was) return { kind: 'unknown' };
    const edited = await this.editArticle.run(id, change ?? { withdrawn: true }, now);
    if (edited.kind !== 'edited') return edited;
    const made = await one<{ id: string }>(
      this.db,
      `insert into correction (article_id, kind, text, was, made_by, made_at) values ($1, $2, $3, $4, $5, $6) returning id`,
      [id, change ? 'corrected' : 'withdrawn', text, JSON.stringify(was), by, now],
    );
    return { kind: 'corrected', id: made!.id };
  }
}
