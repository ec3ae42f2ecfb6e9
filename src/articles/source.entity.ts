import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Health } from './health/judge-health.js';

/** `paused` and `active` lead to each other and to `ended`; only adding the same address again leads out of `ended`. */
export const sourceStates = ['active', 'paused', 'ended'] as const;
export type SourceState = (typeof sourceStates)[number];

/** `excerpt`: title, standfirst and a link to the original. `full`: one's own. */
export const shows = ['excerpt', 'full'] as const;
export type Show = (typeof shows)[number];

/** `page`: a page to watch, whose links are articles. */
export const sourceKinds = ['feed', 'page'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** Where articles come from. */
@Entity('source')
export class Source {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id: string;

  @Column({ type: 'text' })
  kind: SourceKind;

  @Column({ type: 'text' })
  url: string;

  /** The publisher that readers see; empty until the feed has told it. */
  @Column({ type: 'text' })
  title: string;

  /** Null: as the feed says. */
  @Column({ type: 'text', nullable: true })
  section: string | null;

  /** Null: as the feed says. */
  @Column({ type: 'text', nullable: true })
  language: string | null;

  @Column({ type: 'real' })
  weight: number;

  @Column({ type: 'text' })
  show: Show;

  /** Thin items are completed from the article's own page. */
  @Column({ type: 'boolean' })
  complete: boolean;

  @Column({ type: 'text' })
  state: SourceState;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'next_poll_at', type: 'timestamptz' })
  nextPollAt: Date;

  /** Between two polls while it is well. */
  @Column({ name: 'interval_minutes', type: 'smallint' })
  intervalMinutes: number;

  @Column({ name: 'polled_at', type: 'timestamptz', nullable: true })
  polledAt: Date | null;

  @Column({ type: 'text', nullable: true })
  etag: string | null;

  @Column({ name: 'last_modified', type: 'text', nullable: true })
  lastModified: string | null;

  /** Polls in a row that ended with a problem. */
  @Column({ type: 'integer' })
  failures: number;

  @Column({ type: 'text', nullable: true })
  problem: string | null;

  @Column({ type: 'text' })
  health: Health;

  /** Why it is not well, in a sentence. */
  @Column({ name: 'health_detail', type: 'text', nullable: true })
  healthDetail: string | null;

  @Column({ type: 'boolean' })
  sample: boolean;
}
