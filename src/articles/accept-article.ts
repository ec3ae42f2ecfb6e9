import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FieldError } from '../api/problem.js';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import type { NewArticle } from './article-input.js';
import { canonicalUrl } from './canonical-url.js';
import { ComposeText } from './compose-text.js';
import { notAfter } from './published-at.js';
import { slugFor } from './slug.js';
import { byDesk, insertArticle, updateArticle, type ArticleText } from './write-article.js';

export type Accepted =
  | { kind: 'created' | 'updated' | 'unchanged'; id: string; leftOut: { src: string; reason: string }[] }
  | { kind: 'withdrawn'; id: string }
  | { kind: 'refused'; errors: FieldError[] };

/** The publisher of what the desk pushes without naming one. */
const ourName = 'Daily News Brief';

/**
 * Takes an article that is pushed through the API: a new address makes a new article, a known one brings it up to date
 * for good: no poll of a feed overwrites what the desk has written.
 */
@Injectable()
export class AcceptArticle {
  constructor(
    private readonly db: DataSource,
    private readonly composeText: ComposeText,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(input: NewArticle, now: Instant): Promise<Accepted> {
    const place = this.placeOf(input.url);
    const known = await this.find(place);
    if (known?.withdrawn) return { kind: 'withdrawn', id: known.id };
    if (place.slug && !known) return { kind: 'refused', errors: [noSuchPage] };

    const composed = await this.composeText.run(input, input.url ?? this.config.PUBLIC_URL, now);
    if (composed.kind === 'refused') return composed;
    const text = textOf(input, composed, place.url);
    const publishedAt = input.publishedAt ? notAfter(input.publishedAt, now) : null;
    const written = await this.write(text, place, publishedAt, now);
    return written.kind === 'withdrawn'
      ? { kind: 'withdrawn', id: written.id }
      : { ...written, kind: written.kind, leftOut: composed.leftOut };
  }

  private async write(text: ArticleText, place: Place, publishedAt: Instant | null, now: Instant): Promise<Written> {
    const slug = slugFor(text.title, place.url ?? randomUUID());
    const id = (await this.find(place))
      ? undefined
      : await insertArticle(this.db, text, slug, { publishedAt: publishedAt ?? now, dated: true }, now);
    if (id) return { kind: 'created', id };

    const known = await this.find(place);
    if (!known) throw new Error(`The slug ${slug} is taken by an article of another address`);
    const { sourceId, guid } = known;
    const outcome = await updateArticle(this.db, known.id, { ...text, sourceId, guid }, publishedAt, now);
    return outcome === 'left alone' ? { kind: 'withdrawn', id: known.id } : { kind: outcome, id: known.id };
  }

  /** An address of our own pages stands for the article it shows. */
  private placeOf(given: string | undefined): Place {
    const url = given === undefined ? null : canonicalUrl(given);
    const ours = `${this.config.PUBLIC_URL}/articles/`;
    return url?.startsWith(ours) ? { url: null, slug: url.slice(ours.length) } : { url, slug: null };
  }

  private async find({ url, slug }: Place): Promise<Known | undefined> {
    if (url === null && slug === null) return undefined;
    return one(
      this.db,
      `select id, source_id as "sourceId", guid, withdrawn_at is not null as withdrawn from article where url = $1 or link = $1 or slug = $2`,
      [url, slug],
    );
  }
}

type Written = { kind: 'created' | 'updated' | 'unchanged' | 'withdrawn'; id: string };

interface Known {
  id: string;
  sourceId: string | null;
  guid: string | null;
  withdrawn: boolean;
}

interface Place {
  url: string | null;
  slug: string | null;
}

const noSuchPage: FieldError = {
  path: 'url',
  detail: 'is an address of ours that shows no article',
  fix: 'Leave url out to publish an article of your own; its address is given back.',
};

function textOf(
  input: NewArticle,
  {
    standfirst,
    standfirstFrom,
    body,
    figures,
  }: Pick<ArticleText, 'standfirst' | 'standfirstFrom' | 'body' | 'figures'>,
  url: string | null,
): ArticleText {
  const { title, section, language, author, publisher } = input;
  const origin = { sourceId: null, url, guid: null, fingerprint: byDesk };
  return {
    ...origin,
    title,
    standfirst,
    standfirstFrom,
    body,
    figures,
    section,
    language,
    author: author || null,
    publisher: publisher ?? ourName,
    show: 'full',
  };
}
