import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { everybody, fingerprintOf, type Draft } from '../../editions/compose-variants.js';
import { previousMorning } from '../../editions/previous-morning.js';
import type { Finding, RehearsedLetter } from '../../editions/rehearsal/rehearsal.js';
import { DraftIssue } from '../../editions/rundown/draft-issue.js';
import { encodedSize } from '../../letters/encoded-size.js';
import type { List } from '../../lists/list.entity.js';
import { domainOf } from '../../mail/address.js';
import { buildRaw } from '../../mail/build-raw.js';
import { messageId } from '../../mail/message-id.js';
import { Links } from '../../subscribers/links.js';
import { WriteEditionLetter } from '../write-edition-letter.js';
import type { CountedGroup } from './count-readers.js';
import { inspectLetter } from './inspect-letter.js';

export interface Rehearsed {
  /** The one with most readers first. */
  letters: RehearsedLetter[];
  /** Readers who would get none. */
  nothing: number;
  findings: Finding[];
  /** Ids of the articles in them. */
  articles: Set<string>;
}

/** Composes an issue for every group of readers, as planning it would, and writes each letter that comes of it once, into nothing. */
@Injectable()
export class WriteRehearsed {
  constructor(
    private readonly db: DataSource,
    private readonly draftIssue: DraftIssue,
    private readonly writeLetter: WriteEditionLetter,
    private readonly links: Links,
  ) {}

  async run(
    list: List,
    { date, rundownVersion }: { date: string; rundownVersion: number },
    groups: CountedGroup[],
    now: Instant,
    signal: AbortSignal,
  ): Promise<Rehearsed> {
    const composer = await this.draftIssue.open(list, date, rundownVersion, now);
    const letters = new Map<string, RehearsedLetter>();
    const result: Rehearsed = { letters: [], nothing: 0, findings: [], articles: new Set() };
    for (const group of groups.length > 0 ? groups : [await this.nobody(list, date)]) {
      signal.throwIfAborted();
      const draft = await composer.draft(group, group.sections ? 1 : list.minStories);
      if (!draft) {
        result.nothing += group.readers;
        continue;
      }
      const print = fingerprintOf(draft);
      const standing = letters.get(print);
      if (standing) standing.readers += group.readers;
      else letters.set(print, await this.write(list, date, { draft, group }, now, result));
    }
    result.letters = [...letters.values()].sort((a, b) => b.readers - a.readers);
    return result;
  }

  /** Where nobody is due, the public copy shows what there is to see. */
  private async nobody(list: List, date: string): Promise<CountedGroup> {
    const since = await previousMorning(this.db, { kind: 'morning', listId: list.id, localDate: date });
    return { ...everybody(list.locale, since), readers: 0 };
  }

  /** Nothing of a letter is kept but its measures and what is wrong with it. */
  private async write(
    list: List,
    date: string,
    { draft, group }: { draft: Draft; group: CountedGroup },
    now: Instant,
    { findings, articles }: Pick<Rehearsed, 'findings' | 'articles'>,
  ): Promise<RehearsedLetter> {
    const reader = { preferences: `${this.links.home()}#preferences`, unsubscribe: `${this.links.home()}#unsubscribe` };
    const { from, letter } = await this.writeLetter.draft(list, date, draft, reader);
    const to = from.address;
    const date_ = new Date(now.epochMilliseconds);
    const id = messageId(domainOf(to), 'rehearsal');
    const raw = await buildRaw({ ...letter, from, to, messageId: id, headers: {}, date: date_ });
    findings.push(...(await inspectLetter(letter, draft, reader.unsubscribe)));
    for (const { articleId } of draft.stories) articles.add(articleId);
    return {
      ...{ locale: draft.locale, sections: group.sections, subject: letter.subject, stories: draft.stories.length },
      ...{ readers: group.readers, htmlBytes: encodedSize(letter.html).bytes, messageBytes: raw.length },
    };
  }
}
