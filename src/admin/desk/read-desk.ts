import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { sql } from '../../database/sql.js';
import type { Verdict } from '../../editions/choose-stories.js';
import { DraftIssue } from '../../editions/rundown/draft-issue.js';
import { readRehearsal } from '../../editions/rehearsal/read-rehearsal.js';
import type { Decisions } from '../../editions/rundown/rundown.js';
import { isStillOpen, rundownView, type RundownView } from '../../editions/rundown/rundown-view.js';
import { isAnySourceRead } from '../../editions/too-few.js';
import type { List } from '../../lists/list.entity.js';
import { longDate, moment } from '../../locales/dates.js';
import type { Locale } from '../../locales/messages.js';
import type { DeskStory, DeskView } from '../../pages/desk-view.js';
import { rehearsalInWords } from './rehearsal-in-words.js';
import type { Original } from './desk-form.js';

/** What the page shows beside what Postgres holds. */
export interface Shown {
  /** What the editor has typed and is not saved. */
  unsaved: { decisions: Decisions; order: string[] } | null;
  problem: DeskView['problem'];
  said: string | null;
}

const mostCandidates = 300;

/** Reads the desk of one issue: the edition as it stands, and what else there is. */
@Injectable()
export class ReadDesk {
  constructor(
    private readonly db: DataSource,
    private readonly draftIssue: DraftIssue,
  ) {}

  async run(
    list: List,
    date: string,
    locale: Locale,
    shown: Shown,
    now: Instant,
  ): Promise<Omit<DeskView, 'editor' | 'mayApprove' | 'mayOverride'>> {
    const [rundown, rehearsal, { verdicts, draft }, hasSource] = await Promise.all([
      rundownView(this.db, list, date, now),
      readRehearsal(this.db, list.id, date),
      this.draftIssue.run(list, date, null, now),
      isAnySourceRead(this.db),
    ]);
    const wished = shown.unsaved?.decisions ?? rundown;
    const originals = await this.originals(verdicts.map(({ story }) => story.articleId));
    const stories = verdicts
      .slice(0, mostCandidates)
      .map((verdict) => storyOf(verdict, wished, originals, locale, list));
    return {
      ...pageOf(list, date, locale),
      ...{ version: rundown.version, decisions: wished, problem: shown.problem, said: shown.said },
      given: { subject: draft?.subject ?? '', preheader: draft?.preheader ?? '' },
      open: isStillOpen(rundown),
      announcement: rundown.announcement,
      approval: approvalOf(rundown),
      rehearsal: rehearsal ? rehearsalInWords(rehearsal, locale, list.timeZone) : null,
      editions: rundown.editions.map((edition) => ({
        at: moment(locale, edition.dueAt.toTemporalInstant(), list.timeZone),
        state: edition.state,
        reason: edition.reason,
      })),
      hasSource,
      chosen: stories.filter(({ chosen }) => chosen),
      others: stories.filter(({ chosen }) => !chosen),
    };
  }

  /** The lines as they are without an editor's. */
  async originals(articles: string[]): Promise<Map<string, Original>> {
    const rows = await sql<Original & { id: string }>(
      this.db,
      `select id, title, standfirst from article where id = any($1::bigint[])`,
      [articles],
    );
    return new Map(rows.map(({ id, title, standfirst }) => [id, { title, standfirst }]));
  }
}

function pageOf(list: List, date: string, locale: Locale) {
  const day = Temporal.PlainDate.from(date);
  const path = `/desk/${list.slug}`;
  return {
    list: { slug: list.slug, name: list.name },
    date,
    dateWords: longDate(locale, date),
    action: `${path}/${date}`,
    before: `${path}/${day.subtract({ days: 1 }).toString()}`,
    after: `${path}/${day.add({ days: 1 }).toString()}`,
  };
}

function approvalOf({ approval, approved, version, editedBy }: RundownView): DeskView['approval'] {
  return {
    wanted: approval !== 'none',
    by: approved?.version === version ? approved.by : null,
    editedBy,
    hasVersion: version > 0,
  };
}

function storyOf(
  { story, chosen, update, score, why }: Verdict,
  { pins, drops, lines }: Decisions,
  originals: ReadonlyMap<string, Original>,
  locale: Locale,
  list: List,
): DeskStory {
  const original = originals.get(story.articleId)!;
  const rewritten = lines.find(({ article }) => article === story.articleId);
  return {
    article: story.articleId,
    title: rewritten?.title ?? original.title,
    standfirst: rewritten?.standfirst ?? original.standfirst,
    rewritten: rewritten !== undefined,
    byModel: story.byModel === true,
    publisher: story.publisher,
    section: story.section,
    language: story.language,
    at: moment(locale, story.publishedAt.toTemporalInstant(), list.timeZone),
    score,
    update,
    chosen,
    pinned: pins.includes(story.articleId),
    dropped: drops.includes(story.articleId),
    why: why.map(({ text }) => text),
  };
}
