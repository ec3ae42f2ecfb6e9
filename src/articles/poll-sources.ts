import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { Queue, type QueueDefinition } from '../queue/queue.js';
import { recordFailure } from './feeds/record-poll.js';
import { laneOf, visitHosts } from './lanes.js';
import { PollSource, type PolledSource } from './poll-source.js';

export const pollLanes = 8;
const pollQueue: QueueDefinition = { name: 'poll', concurrency: pollLanes };

const isDue = `state = 'active' and next_poll_at <= $1 and (not sample or $2)`;
const lane = laneOf('host', pollLanes);

/** Polls the sources that are due. Harmless when run twice or on many machines: a source is claimed first. */
@Injectable()
export class PollSources implements OnApplicationBootstrap {
  private readonly log = new Logger(PollSources.name);

  constructor(
    private readonly db: DataSource,
    private readonly queue: Queue,
    private readonly clock: Clock,
    private readonly pollSource: PollSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.ROLES.includes('worker')) return;
    await this.queue.work(pollQueue, async (key, signal) => {
      await this.run(Number(key), await this.clock.now(), signal);
    });
  }

  /** Offers the lanes in which something is due. */
  async offer(now: Instant): Promise<void> {
    const due = await sql<{ lane: string }>(
      this.db,
      `select distinct (${lane})::text as lane from source where ${isDue}`,
      [now, this.samples],
    );
    for (const { lane } of due) await this.queue.offer(pollQueue, lane);
  }

  /** Polls what is due in one lane, a few hosts at a time, the longest waiting first. Gives how many were polled. */
  async run(lane: number, now: Instant, signal?: AbortSignal): Promise<number> {
    const hosts = await this.dueByHost(lane, now);
    let polled = 0;
    const poll = async (id: string) => {
      if (await this.poll(id, now)) polled++;
    };
    await visitHosts(hosts, poll, signal);
    return polled;
  }

  private async dueByHost(wanted: number, now: Instant): Promise<string[][]> {
    const rows = await sql<{ ids: string[] }>(
      this.db,
      `select array_agg(id::text order by next_poll_at) as ids from source where ${isDue} and ${lane} = $3
        group by host order by min(next_poll_at)`,
      [now, this.samples, wanted],
    );
    return rows.map(({ ids }) => ids);
  }

  private async poll(id: string, now: Instant): Promise<boolean> {
    const source = await this.claim(id, now);
    if (!source) return false;
    try {
      await this.pollSource.run(source, now);
    } catch (error) {
      this.log.error(`Source ${id}: ${String(error)}`);
      await recordFailure(this.db, id, 'an error on our side', now).catch(() => {}); // the claim has moved it on already
    }
    return true;
  }

  /** Takes a source by moving its next poll on, so that nobody else takes it meanwhile. */
  private claim(id: string, now: Instant): Promise<PolledSource | undefined> {
    return one<PolledSource>(
      this.db,
      `update source set next_poll_at = $1::timestamptz + make_interval(mins => interval_minutes) where id = $3 and ${isDue}
       returning id, kind, url, title, section, language, show, complete, sample, polled_at as "polledAt", etag, last_modified as "lastModified"`,
      [now, this.samples, id],
    );
  }

  private get samples(): boolean {
    return this.config.SEED === 'sample';
  }
}
