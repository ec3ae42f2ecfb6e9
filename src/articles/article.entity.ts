import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StandfirstFrom } from './summary/standfirst-of.js';
import type { Show } from './source.entity.js';

/** A picture with its words. `src` is a path of ours, /pictures/ID.jpg; width and height are its own, in pixels. */
export interface Figure {
  src: string;
  alt: string;
  caption: string;
  credit: string;
  width: number;
  height: number;
}

/** One published item. It is never deleted; `withdrawnAt` is how it leaves. */
@Entity('article')
export class Article {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id: string;

  /** Null: pushed through the API. */
  @Column({ name: 'source_id', type: 'bigint', nullable: true })
  sourceId: string | null;

  /** Its page here is /articles/SLUG; it stays when the title changes. */
  @Column({ type: 'text' })
  slug: string;

  /** Canonical; null: the newsroom's own, whose page here is the original. */
  @Column({ type: 'text', nullable: true })
  url: string | null;

  /** The source's own id of it. */
  @Column({ type: 'text', nullable: true })
  guid: string | null;

  @Column({ type: 'text' })
  title: string;

  /** Plain text. */
  @Column({ type: 'text' })
  standfirst: string;

  @Column({ name: 'standfirst_from', type: 'text' })
  standfirstFrom: StandfirstFrom;

  /** Sanitised HTML. */
  @Column({ type: 'text' })
  body: string;

  @Column({ type: 'jsonb' })
  figures: Figure[];

  @Column({ type: 'text' })
  section: string;

  @Column({ type: 'text' })
  language: string;

  @Column({ type: 'text', nullable: true })
  author: string | null;

  @Column({ type: 'text' })
  publisher: string;

  @Column({ type: 'text' })
  show: Show;

  /** False: its source gave no date; `publishedAt` is when we first saw it. */
  @Column({ type: 'boolean' })
  dated: boolean;

  /** The first article with nearly the same text, such as another publisher's copy of one agency report. */
  @Column({ name: 'same_text_as', type: 'bigint', nullable: true })
  sameTextAs: string | null;

  @Column({ name: 'published_at', type: 'timestamptz' })
  publishedAt: Date;

  @Column({ name: 'first_seen_at', type: 'timestamptz' })
  firstSeenAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;

  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true })
  withdrawnAt: Date | null;
}
