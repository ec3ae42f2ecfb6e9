import { Injectable, type OnApplicationBootstrap, Inject } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import { Clock } from '../../database/database.module.js';
import type { Instant } from '../../database/now.js';
import { one } from '../../database/sql.js';
import { FinishRehearsal } from '../../editions/rehearsal/finish-rehearsal.js';
import { rehearsalQueue } from '../../editions/rehearsal/rehearsal-queue.js';
import type { Finding, Report } from '../../editions/rehearsal/rehearsal.js';
import { readApproved, readRundown } from '../../editions/rundown/read-rundown.js';
import { rundownInForce } from '../../editions/rundown/rundown-in-force.js';
import { findList } from '../../lists/find-list.js';
import type { List } from '../../lists/list.entity.js';
import { Queue } from '../../queue/queue.js';
import { AssignStories } from '../../stories/assign-stories.js';
import { CheckLinks } from './check-links.js';
import { countReaders } from './count-readers.js';
import { WriteRehearsed } from './write-rehearsed.js';

const most = { hours: 500, letters: 50, findings: 200 };

/** Plays an issue to nobody: who would get it and when, every letter written and looked at, every link followed. Nothing reaches the ledger. */
@Injectable()
export class Rehearse implements OnApplicationBootstrap {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly assignStories: AssignStories,
    private readonly writeRehearsed: WriteRehearsed,
    private readonly checkLinks: CheckLinks,
    private readonly finishRehearsal: FinishRehearsal,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.ROLES.includes('worker')) return;
    await this.queue.work(rehearsalQueue, (id, signal) => this.run(id, signal));
  }

  async run(id: string, signal: AbortSignal): Promise<void> {
    const asked = await one<{ slug: string; date: string }>(
      this.db,
      `select l.slug, i.local_date as date from rehearsal h join issue i on i.id = h.issue_id join list l on l.id = i.list_id
        where h.id = $1 and h.state = 'asked'`,
      [id],
    );
    if (!asked) return;
    const now = await this.clock.now();
    await this.assignStories.run(now);
    const list = await findList(this.db, asked.slug);
    const report = await this.report(list!, asked.date, now, signal);
    signal.throwIfAborted();
    await this.finishRehearsal.run(id, report, await this.clock.now());
  }

  private async report(list: List, date: string, now: Instant, signal: AbortSignal): Promise<Report> {
    const { hours, groups } = await countReaders(this.db, list.id, date, now);
    const { rundownVersion, ...rundown } = await this.rundownOf(list, date);
    const written = await this.writeRehearsed.run(list, { date, rundownVersion }, groups, now, signal);
    const links = await this.checkLinks.run([...written.articles], signal);
    const total = hours.reduce((sum, { readers }) => sum + readers, 0);
    const about = aboutReaders({ total, nothing: written.nothing }, date);
    const findings = [...rundown.findings, ...about, ...written.findings, ...links.findings];
    return {
      readers: { total, nothing: written.nothing, hours: hours.slice(0, most.hours) },
      letters: { total: written.letters.length, largest: written.letters.slice(0, most.letters) },
      links: { checked: links.checked, dead: links.findings.filter(({ level }) => level === 'red').length },
      findings: findings.toSorted((a, b) => b.level.localeCompare(a.level)).slice(0, most.findings),
    };
  }

  /** The version it would go out by as things stand; where it would not go out, the latest. */
  private async rundownOf(list: List, date: string): Promise<{ rundownVersion: number; findings: Finding[] }> {
    const current = await readRundown(this.db, list.id, date);
    const course = rundownInForce(list, current, await readApproved(this.db, list.id, date), null);
    if (course.kind === 'compose') return { rundownVersion: course.rundown.version, findings: [] };
    const detail = `as things stand the issue is ${course.kind === 'hold' ? 'held' : 'skipped'}: ${course.reason}`;
    return { rundownVersion: current.version, findings: [{ level: 'note', kind: 'rundown', detail }] };
  }
}

/** Of readers who would get nothing: nobody is missed in silence. */
function aboutReaders({ total, nothing }: { total: number; nothing: number }, date: string): Finding[] {
  if (total === 0) return [{ level: 'note', kind: 'readers', detail: `nobody is due on ${date}` }];
  if (nothing === 0) return [];
  if (nothing === total)
    return [
      {
        level: 'red',
        kind: 'stories',
        detail: 'there are too few new stories for any reader: the issue would be skipped',
      },
    ];
  return [
    {
      level: 'note',
      kind: 'stories',
      detail: `${nothing} of ${total} readers would get nothing: too few stories are new to them`,
    },
  ];
}
