import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { sql } from '../../database/sql.js';
import { RestoreGuard } from '../../deliveries/restore-guard.js';
import type { Verdict } from '../../editions/choose-stories.js';
import { readRehearsal } from '../../editions/rehearsal/read-rehearsal.js';
import { forecastInWords } from '../../editions/rundown/forecast-in-words.js';
import type { EarlierIssue, IssueForeseen } from '../../editions/rundown/foresee-issue.js';
import type { Decisions } from '../../editions/rundown/rundown.js';
import type { IssueFacts } from '../../editions/rundown/rundown-view.js';
import { isAnySourceRead } from '../../editions/too-few.js';
import type { List } from '../../lists/list.entity.js';
import { longDate, moment } from '../../locales/dates.js';
import type { Locale } from '../../locales/messages.js';
import type { DeskStory, DeskView } from '../../pages/desk-view.js';
import { dayOfDesk } from './desk-days.js';
import type { Original } from './desk-form.js';
import { rehearsalInWords } from './rehearsal-in-words.js';

/** What the page shows beside what Postgres holds. */
export interface Shown {
  /** Decisions that were typed and are not saved. */
  unsaved: Decisions | null;
  /** Typed into fields that are no decisions. */
  typed: DeskView['typed'];
  problem: DeskView['problem'];
  said: string | null;
}

const mostCandidates = 300;

/** Reads the desk of one issue: the edition as it stands, and what else there is. */
@Injectable()
export class ReadDesk {
  constructor(
    private readonly db: DataSource,
    private readonly restoreGuard: RestoreGuard,
  ) {}

  async run(
    list: List,
    date: string,
    locale: Locale,
    shown: Shown,
    foreseen: IssueForeseen,
  ): Promise<Omit<DeskView, 'editor' | 'mayApprove' | 'mayOverride'>> {
    const { facts, verdicts, draft, earlier } = foreseen;
    const [rehearsal, hasSource, { atHome }, originals] = await Promise.all([
      readRehearsal(this.db, list.id, date),
      isAnySourceRead(this.db),
      this.restoreGuard.look(),
      this.originals(verdicts.map(({ story }) => story.articleId)),
    ]);
    const decisions = shown.unsaved ?? facts.rundown.decisions;
    const stories = verdicts
      .slice(0, mostCandidates)
      .map((verdict) => storyOf(verdict, { decisions, originals, earlier, locale, timeZone: list.timeZone }));
    return {
      ...dayOfDesk(list, date, locale),
      ...{ action: `/desk/${list.slug}/${date}`, version: facts.rundown.version, decisions },
      ...{ unsaved: shown.unsaved !== null, typed: shown.typed, problem: shown.problem, said: shown.said },
      given: { subject: draft?.subject ?? '', preheader: draft?.preheader ?? '' },
      announcement: forecastInWords(locale, list.timeZone, foreseen.forecast),
      standstill: !atHome,
      approval: approvalOf(list, facts),
      rehearsal: rehearsal ? rehearsalInWords(rehearsal, locale, list.timeZone) : null,
      editions: facts.editions.map((edition) => ({
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

function approvalOf({ approval }: List, { approved, rundown }: IssueFacts): DeskView['approval'] {
  return {
    wanted: approval !== 'none',
    by: approved && approved.version === rundown.version ? approved.approvedBy : null,
    editedBy: rundown.editedBy,
    hasVersion: rundown.version > 0,
  };
}

interface Beside {
  decisions: Decisions;
  originals: ReadonlyMap<string, Original>;
  earlier: EarlierIssue | null;
  locale: Locale;
  timeZone: string;
}

function storyOf({ story, chosen, update, score, why }: Verdict, beside: Beside): DeskStory {
  const { decisions, originals, earlier, locale, timeZone } = beside;
  const { pins, drops, lines } = decisions;
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
    at: moment(locale, story.publishedAt.toTemporalInstant(), timeZone),
    score,
    update,
    chosen,
    earlier: !chosen && earlier?.stories.has(story.storyId) ? longDate(locale, earlier.date) : null,
    pinned: pins.includes(story.articleId),
    dropped: drops.includes(story.articleId),
    why: why.map(({ text }) => text),
  };
}
