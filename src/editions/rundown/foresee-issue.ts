import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { one } from '../../database/sql.js';
import { dueOn, nextDueAfterDate, type DueInstant } from '../../lists/due-instant.js';
import type { List } from '../../lists/list.entity.js';
import { asSchedule, scheduleJson, type ScheduleJson, type StoredSchedule } from '../../lists/stored-schedule.js';
import type { Verdict } from '../choose-stories.js';
import type { ReaderGroup } from '../compose-variants.js';
import { DraftIssue, type IssueDraft } from './draft-issue.js';
import { forecastOf, type Forecast } from './forecast.js';
import { regularReaders } from './regular-readers.js';
import { isStillOpen, readIssueFacts, type IssueFacts } from './rundown-view.js';

/** What becomes of an issue, with the stories that are there now. */
export interface IssueForeseen extends IssueDraft {
  facts: IssueFacts;
  forecast: Forecast;
  /** Its hour; now where that has passed. */
  at: Instant;
  /** For whom it is drafted: readers who have had every issue before it. */
  readers: ReaderGroup;
  /** The issue that goes out first, with the stories that it takes. */
  earlier: EarlierIssue | null;
}

export interface EarlierIssue {
  date: string;
  stories: ReadonlySet<string>;
}

/** So many issues are looked at for one that goes out first: what is at hand today is too old for later ones. */
const mostEarlier = 7;

/**
 * Looks ahead to the hour of an issue: its draft is composed as of then, for readers who had the issues before it, those included that
 * are still to come. Nothing is written.
 */
@Injectable()
export class ForeseeIssue {
  constructor(
    private readonly db: DataSource,
    private readonly draftIssue: DraftIssue,
  ) {}

  async run(list: List, date: string, now: Instant): Promise<IssueForeseen> {
    const [facts, own] = await Promise.all([readIssueFacts(this.db, list, date), this.ownSchedule(list.id)]);
    const at = latest(now, hourOf(facts, own, date));
    const regular = await regularReaders(this.db, list, date, now);
    const earlier = isStillOpen(facts) ? await this.earlier(list, own, date, regular) : null;
    const readers = earlier ? { ...regular, since: lastBefore(own, date), foreseen: earlier } : regular;
    const drafted = isStillOpen(facts)
      ? await this.draftIssue.run(list, date, readers, at)
      : { verdicts: [], draft: null };
    const verdicts = drafted.verdicts.map((verdict) => explain(verdict, earlier));
    const stories = verdicts.filter(({ chosen }) => chosen).length;
    const atHand = { ...facts, date, stories, before: earlier?.date ?? null };
    return { ...drafted, verdicts, facts, forecast: forecastOf(list, atHand, now), at, readers, earlier };
  }

  /** The first issue before `date` that goes out with what is there now: its stories are gone by then. */
  private async earlier(
    list: List,
    own: StoredSchedule,
    date: string,
    readers: ReaderGroup,
  ): Promise<(EarlierIssue & { at: Instant }) | null> {
    for (const due of issuesBefore(own, date)) {
      const { course } = await readIssueFacts(this.db, list, due.localDate);
      if (course.kind !== 'compose') continue;
      const { verdicts } = await this.draftIssue.run(list, due.localDate, readers, due.at);
      const stories = verdicts.filter(({ chosen }) => chosen).map(({ story }) => story.storyId);
      if (stories.length >= list.minStories) return { date: due.localDate, at: due.at, stories: new Set(stories) };
    }
    return null;
  }

  private async ownSchedule(listId: string): Promise<StoredSchedule> {
    const row = await one<{ schedule: ScheduleJson }>(
      this.db,
      `select ${scheduleJson('c')} as schedule from schedule c
        where list_id = $1 and num_nonnulls(chosen_zone, chosen_time, chosen_weekdays) = 0`,
      [listId],
    );
    return asSchedule(row!.schedule);
  }
}

/** The list's own hour on that date, if it is still to come; else the soonest of its readers' hours. */
function hourOf({ toCome }: IssueFacts, own: StoredSchedule, date: string): Instant | null {
  const due = dueOn(own, date);
  if (due && toCome.some(({ dueAt }) => dueAt.getTime() === due.at.epochMilliseconds)) return due.at;
  return toCome[0]?.dueAt.toTemporalInstant() ?? null;
}

/** The list's own issues that are to come before that date, soonest first. */
function issuesBefore(own: StoredSchedule, date: string): DueInstant[] {
  const issues: DueInstant[] = [];
  let due = { at: own.nextDueAt, localDate: own.nextDueDate };
  while (issues.length < mostEarlier && due.localDate < date) {
    issues.push(due);
    due = nextDueAfterDate(own, due.at, due.localDate);
  }
  return issues;
}

/** The issue next to that date, of those before it. */
function lastBefore(own: StoredSchedule, date: string): Instant {
  let day = Temporal.PlainDate.from(date);
  let due: DueInstant | null = null;
  while (!due) {
    day = day.subtract({ days: 1 });
    due = dueOn(own, day.toString());
  }
  return due.at;
}

const latest = (now: Instant, due: Instant | null): Instant =>
  due && Temporal.Instant.compare(due, now) > 0 ? due : now;

/** A story that an earlier issue takes is told so. */
function explain(verdict: Verdict, earlier: EarlierIssue | null): Verdict {
  if (!earlier || verdict.chosen || !earlier.stories.has(verdict.story.storyId)) return verdict;
  const why = verdict.why.filter(({ kind }) => kind !== 'had' && kind !== 'old');
  return { ...verdict, why: [...why, { kind: 'had', text: `the issue of ${earlier.date} carries it` }] };
}
