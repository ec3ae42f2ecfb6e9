import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ApiKey } from '../../api/caller.js';
import { covers } from '../../api/scope.js';
import type { Instant } from '../../database/now.js';
import { forecastInWords } from '../../editions/rundown/forecast-in-words.js';
import { ForeseeIssue, type IssueForeseen } from '../../editions/rundown/foresee-issue.js';
import { isStillOpen } from '../../editions/rundown/rundown-view.js';
import type { List } from '../../lists/list.entity.js';
import type { Locale } from '../../locales/messages.js';
import { Pages } from '../../pages/pages.js';
import { ReadClosedIssue } from './read-closed-issue.js';
import { ReadDesk, type Shown } from './read-desk.js';

/** Whoever is at the desk, and what they look at. */
export interface Visit {
  key: ApiKey;
  list: List;
  date: string;
  locale: Locale;
  now: Instant;
  reply: FastifyReply;
}

/** Answers with the page of an issue: to decide on while it is open, to look at once it is closed. */
@Injectable()
export class ShowDesk {
  constructor(
    private readonly pages: Pages,
    private readonly foreseeIssue: ForeseeIssue,
    private readonly readDesk: ReadDesk,
    private readonly readClosedIssue: ReadClosedIssue,
  ) {}

  async run(visit: Visit, shown: Shown, status = 200): Promise<void> {
    const { key, list, date, locale, now, reply } = visit;
    const foreseen = await this.foreseeIssue.run(list, date, now);
    if (!isStillOpen(foreseen.facts)) return this.closed(visit, shown, foreseen, status);
    const desk = await this.readDesk.run(list, date, locale, shown, foreseen);
    const mayApprove = covers(key.scopes, 'approve') && desk.approval.editedBy !== key.owner;
    const mayOverride = covers(key.scopes, 'approve');
    return this.pages.html(reply, 'desk', { locale, ...desk, editor: key.owner, mayApprove, mayOverride }, status);
  }

  private async closed(visit: Visit, shown: Shown, { forecast }: IssueForeseen, status: number): Promise<void> {
    const { key, list, date, locale, reply } = visit;
    const closed = await this.readClosedIssue.run(list, date, locale);
    const announcement = forecastInWords(locale, list.timeZone, forecast);
    const problem = shown.problem?.kind === 'wrong' ? shown.problem.detail : null;
    const page = { locale, ...closed, editor: key.owner, announcement, problem };
    return this.pages.html(reply, 'desk-closed', page, status);
  }
}
