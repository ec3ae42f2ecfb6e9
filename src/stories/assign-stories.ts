import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { locks, takeLock } from '../database/locks.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { columns, indexed, type ArticleRow } from './article-row.js';
import { AskVectors } from './ask-vectors.js';
import { edited, reassignEdited } from './reassign-edited.js';
import { StoryIndex } from './story-index.js';
import { writeStories, type Assigned } from './write-stories.js';

/** No edition reaches further back, and no story waits longer for its next article. */
const lookBackHours = 4 * 24;

/** One turn under the lock, and one question to the embedding endpoint; an article that is pushed meanwhile waits for no more than that. */
const mostAtOnce = 100;

/** How long a round may ask for vectors in all. */
const askingMs = 10_000;

/**
 * Gives every new article its story. One process at a time decides; each keeps the articles of the last days in an index of its own, and first takes in
 * what the others have decided since, by the number that every change carries.
 */
@Injectable()
export class AssignStories {
  private index = new StoryIndex();
  private lastChange = '0';

  constructor(
    private readonly db: DataSource,
    private readonly askVectors: AskVectors,
  ) {}

  async run(now: Instant): Promise<void> {
    const since = now.subtract({ hours: lookBackHours });
    // After a start the index is read in before anything waits for it: some seconds for ten thousand articles.
    if (this.lastChange === '0') await this.turn(since, []);
    const round = AbortSignal.timeout(askingMs);
    let asking = true;
    for (let ids = await this.next(since); ids.length > 0; ids = await this.next(since)) {
      asking &&= await this.askVectors.run(ids, round);
      await this.turn(since, ids);
    }
    if (await one(this.db, `select 1 ${edited} limit 1`, [since])) await this.turn(since, []);
  }

  private async next(since: Instant): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      this.db,
      `select a.id ${unassigned} order by a.published_at, a.id limit ${mostAtOnce}`,
      [since],
    );
    return rows.map(({ id }) => id);
  }

  private async turn(since: Instant, ids: string[]): Promise<void> {
    try {
      await this.db.transaction(async (tx) => {
        await takeLock(tx, locks.assignStories);
        await this.follow(tx, since);
        const assigned = await this.assign(tx, since, ids);
        this.lastChange = await writeStories(tx, assigned, this.lastChange);
        if (ids.length === 0)
          this.lastChange = await reassignEdited(tx, this.index, since, this.askVectors.model, this.lastChange);
      });
    } catch (error) {
      // What the index took in has not been written: it begins anew from what is.
      this.index = new StoryIndex();
      this.lastChange = '0';
      throw error;
    }
  }

  /** Takes in what other processes have decided, or at the start everything of the last days. */
  private async follow(tx: EntityManager, since: Instant): Promise<void> {
    this.index.forget(since.epochMilliseconds);
    const rows = await sql<ArticleRow & { story: string; change: string }>(
      tx,
      `select ${columns}, m.story_id as story, m.change from story_article m join article a on a.id = m.article_id
        where m.change > $1 and a.first_seen_at > $2 order by m.change`,
      [this.lastChange, since, this.askVectors.model],
    );
    for (const row of rows) this.index.add(indexed(row), row.story);
    this.lastChange = rows.at(-1)?.change ?? this.lastChange;
  }

  private async assign(tx: EntityManager, since: Instant, ids: string[]): Promise<Assigned[]> {
    const rows = await sql<ArticleRow & { newStory: string }>(
      tx,
      `select ${columns}, nextval(pg_get_serial_sequence('story', 'id')) as "newStory"
         from (select a.* ${unassigned} and a.id = any($2) order by a.published_at, a.id) a`,
      [since, ids, this.askVectors.model],
    );
    return rows.map((row) => {
      const article = indexed(row);
      const { story, merged } = this.index.place(article);
      this.index.add(article, story ?? row.newStory);
      if (story) this.index.merge(story, merged);
      const { id, title, standfirst, firstSeenAt: seenAt } = row;
      return { article: id, story: story ?? row.newStory, isNew: !story, merged, seenAt, title, standfirst };
    });
  }
}

const unassigned = `
  from article a
 where a.first_seen_at > $1 and a.withdrawn_at is null and not exists (select 1 from story_article s where s.article_id = a.id)`;
