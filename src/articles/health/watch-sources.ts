import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { one, sql } from '../../database/sql.js';
import { Alarms } from '../../health/alarms.js';
import { Metrics } from '../../health/metrics.js';
import { MailTheDesk } from './mail-the-desk.js';
import { healths, judgeHealth, type Judgement } from './judge-health.js';

interface Row {
  id: string;
  title: string;
  section: string | null;
  health: string;
  failures: number;
  problem: string | null;
  nextPollAt: Date;
  intervalMinutes: number;
  seen: Date[];
  undated: number;
}

/** Judges every active source, and raises an alarm for each that has just fallen ill, naming the edition that will miss it. */
@Injectable()
export class WatchSources {
  constructor(
    private readonly db: DataSource,
    private readonly alarms: Alarms,
    private readonly mailTheDesk: MailTheDesk,
    metrics: Metrics,
  ) {
    metrics.gauge('sources', 'Active sources by their health', ['health'], async (gauge) => {
      const rows = await sql<{ health: string; count: number }>(
        db,
        `select health, count(*)::int as count from source where state = 'active' group by 1`,
      );
      for (const health of healths) gauge.set({ health }, rows.find((row) => row.health === health)?.count ?? 0);
    });
  }

  async run(now: Instant): Promise<void> {
    for (const row of await this.histories(now)) await this.judge(row, now);
  }

  /** One conditional update: of two machines that find the same, one raises the alarm. */
  private async judge(row: Row, now: Instant): Promise<void> {
    const { health, detail } = judgeHealth(
      {
        ...row,
        nextPollAt: row.nextPollAt.toTemporalInstant(),
        seen: row.seen.map((date) => date.toTemporalInstant()),
      },
      now,
    );
    if (health === row.health && health === 'well') return;
    await sql(this.db, `update source set health_detail = nullif($2, '') where id = $1`, [row.id, detail]);
    await this.db.transaction(async (tx) => {
      const fell = await one(tx, `update source set health = $2 where id = $1 and health <> $2 returning id`, [
        row.id,
        health,
      ]);
      if (!fell || health === 'well') return;
      const missed = await this.missedBy(row);
      await this.mailTheDesk.run(tx, row.id, missed, now);
      this.alarms.raise('source', sentence(row, { health, detail }, missed));
    });
  }

  /** Which edition will go without it. */
  private async missedBy({ section }: Row): Promise<string> {
    const next = await one<{ name: string; at: Date }>(
      this.db,
      `select l.name, s.next_due_at as at from schedule s join list l on l.id = s.list_id
        where l.archived_at is null and isfinite(s.next_due_at) and ($1::text is null or cardinality(l.sections) = 0 or $1 = any(l.sections))
        order by s.next_due_at limit 1`,
      [section],
    );
    return next ? `The edition of "${next.name}" due at ${next.at.toISOString()} will miss it.` : '';
  }

  private histories(now: Instant): Promise<Row[]> {
    return sql<Row>(
      this.db,
      `select s.id, s.title, s.section, s.health, s.failures, s.problem, s.next_poll_at as "nextPollAt", s.interval_minutes as "intervalMinutes",
              coalesce(a.seen, '{}') as seen, coalesce(a.undated, 0) as undated
         from source s left join lateral (
           select array_agg(first_seen_at order by first_seen_at) as seen, (count(*) filter (where not dated and latest <= 20))::int as undated
             from (select first_seen_at, dated, row_number() over (order by first_seen_at desc, id desc) as latest from article
                    where source_id = s.id and first_seen_at > $1::timestamptz - interval '14 days') recent
         ) a on true
        where s.state = 'active' and not s.sample`,
      [now],
    );
  }
}

const sentence = ({ id, title }: Row, { health, detail }: Judgement, missed: string): string =>
  [`Source ${id} (${title || 'without a title'}) is ${health}: ${detail}.`, missed].filter(Boolean).join(' ');
