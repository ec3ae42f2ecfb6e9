import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readEditionsOfIssue, type EditionView } from '../../deliveries/edition-view.js';
import { deliveryStates, type DeliveryState } from '../../deliveries/delivery.js';
import { leadingEdition } from '../../editions/archive-issues.js';
import { readVariant } from '../../editions/variant.js';
import { readVerdicts } from '../../editions/verdicts.js';
import type { List } from '../../lists/list.entity.js';
import { moment } from '../../locales/dates.js';
import { message, type Locale } from '../../locales/messages.js';
import type { ClosedIssue, ClosedIssueView } from '../../pages/desk-view.js';
import { Links } from '../../subscribers/links.js';
import { dayOfDesk } from './desk-days.js';

const mostLeftOut = 100;

type Counts = Partial<Record<DeliveryState, number>>;

/** Reads what went out of an issue that is closed: its stories, its emails by what became of them, and what was left out. */
@Injectable()
export class ReadClosedIssue {
  constructor(
    private readonly db: DataSource,
    private readonly links: Links,
  ) {}

  async run(
    list: List,
    date: string,
    locale: Locale,
  ): Promise<Omit<ClosedIssueView, 'editor' | 'problem' | 'announcement'>> {
    const [editions, leading] = await Promise.all([
      readEditionsOfIssue(this.db, list.id, date),
      leadingEdition(this.db, list.id, date),
    ]);
    const total = sum(editions.map(({ counts }) => counts));
    const asked = leading?.id ?? editions[0]?.id;
    const verdicts = asked ? ((await readVerdicts(this.db, asked)) ?? []) : [];
    return {
      ...dayOfDesk(list, date, locale),
      counts: inWords(locale, total),
      editions: editions.map((edition) => viewEdition(edition, locale, list.timeZone)),
      issue: leading ? await this.issueOf(leading.variantId, list, date, total) : null,
      others: verdicts
        .filter(({ chosen }) => !chosen)
        .slice(0, mostLeftOut)
        .map(({ title, section, publisher, why }) => ({
          ...{ title, section, publisher },
          why: why.map(({ text }) => text),
        })),
    };
  }

  private async issueOf(variantId: string, list: List, date: string, counts: Counts): Promise<ClosedIssue> {
    const { subject, preheader, note, stories } = await readVariant(this.db, variantId);
    return {
      ...{ sent: (counts.accepted ?? 0) > 0, subject, preheader, note },
      stories: stories.map(({ title, standfirst, section, publisher, language, url }) => ({
        ...{ title, standfirst, section, publisher, language },
        url: new URL(url).pathname,
      })),
      emailUrl: new URL(this.links.letter(variantId)).pathname,
      pageUrl: `/lists/${list.slug}/archive/${date}`,
    };
  }
}

function viewEdition({ dueAt, state, reason, kind, counts }: EditionView, locale: Locale, timeZone: string) {
  return {
    at: moment(locale, dueAt.toTemporalInstant(), timeZone),
    ...{ state, reason, special: kind === 'special', counts: inWords(locale, counts) },
  };
}

function sum(counts: Counts[]): Counts {
  const total: Counts = {};
  for (const one of counts)
    for (const state of deliveryStates) if (one[state]) total[state] = (total[state] ?? 0) + one[state];
  return total;
}

const inWords = (locale: Locale, counts: Counts): { state: string; count: number }[] =>
  deliveryStates
    .filter((state) => counts[state])
    .map((state) => ({ state: message(locale, `page.myData.state.${state}`), count: counts[state]! }));
