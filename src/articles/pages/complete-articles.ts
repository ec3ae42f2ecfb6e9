import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import { Clock } from '../../database/database.module.js';
import type { Instant } from '../../database/now.js';
import { sql } from '../../database/sql.js';
import { Queue, type QueueDefinition } from '../../queue/queue.js';
import { laneOf, visitHosts } from '../lanes.js';
import { CompleteArticle } from './complete-article.js';

export const pageLanes = 4;
const pageQueue: QueueDefinition = { name: 'pages', concurrency: pageLanes };
const mostInOneRun = 300;

const host = `lower(substring(url from '^https?://([^/?#]+)'))`;
const lane = laneOf(host, pageLanes);
/** Later it is no news any more. */
const isWanted = `page_wanted and first_seen_at > $1::timestamptz - interval '36 hours'`;

/** Completes thin articles, the newest first. Harmless when run twice. */
@Injectable()
export class CompleteArticles implements OnApplicationBootstrap {
  private readonly log = new Logger(CompleteArticles.name);

  constructor(
    private readonly db: DataSource,
    private readonly queue: Queue,
    private readonly clock: Clock,
    private readonly completeArticle: CompleteArticle,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.ROLES.includes('worker')) return;
    await this.queue.work(pageQueue, async (key, signal) => this.run(Number(key), await this.clock.now(), signal));
  }

  /** Offers the lanes in which something is wanted. */
  async offer(now: Instant): Promise<void> {
    const wanted = await sql<{ lane: string }>(
      this.db,
      `select distinct (${lane})::text as lane from article where ${isWanted}`,
      [now],
    );
    for (const { lane } of wanted) await this.queue.offer(pageQueue, lane);
  }

  async run(wantedLane: number, now: Instant, signal?: AbortSignal): Promise<void> {
    const sites = await sql<{ ids: string[] }>(
      this.db,
      `select array_agg(id::text order by id desc) as ids
         from (select id, url from article where ${isWanted} and ${lane} = $2 order by first_seen_at desc, id desc limit ${mostInOneRun}) newest
        group by ${host}`,
      [now, wantedLane],
    );
    await visitHosts(
      sites.map(({ ids }) => ids),
      (id) => this.complete(id, now),
      signal,
    );
  }

  private async complete(id: string, now: Instant): Promise<void> {
    try {
      await this.completeArticle.run(id, now);
    } catch (error) {
      this.log.error(`Article ${id}: ${String(error)}`);
    }
  }
}
