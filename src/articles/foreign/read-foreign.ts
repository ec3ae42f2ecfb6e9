import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Instant } from '../../database/now.js';
import { SideThread, timeLimitMs } from '../../threads/side-thread.js';
import type { Draft } from '../feeds/draft-article.js';
import type { LocatedFeed } from '../feeds/feed-item.js';
import type { Identified, SourceSettings } from '../feeds/identify-items.js';
import type { Completed, Thin } from '../pages/complete-text.js';
import type { PageFacts } from '../pages/take-apart.js';
import type { Source } from '../source.entity.js';
import type { Call, PushedWords, ReadWords, Tasks } from './tasks.js';

export const tooSlow = `it could not be read within ${timeLimitMs / 1000} s`;

/**
 * Reads texts of others beside the main thread, each within the time that parsing has. Null: it took longer, and the next
 * text is read all the same. What is pushed through the API does not wait behind feeds.
 */
@Injectable()
export class ReadForeign implements OnApplicationShutdown {
  private readonly polled = thread();
  private readonly pushed = thread();

  /** Sorts out a feed's items. */
  identify(feed: LocatedFeed, source: SourceSettings): Promise<ReturnType<Tasks['identify']> | null> {
    return ask(this.polled, 'identify', feed, source);
  }

  /** An item → an article. */
  async draft(found: Identified, source: SourceSettings, feed: LocatedFeed, now: Instant): Promise<Draft | null> {
    const head = { ...feed, items: [] };
    const drafted = await ask(this.polled, 'draft', now.toString(), found, source, head);
    return drafted && { ...drafted, publishedAt: Temporal.Instant.from(drafted.publishedAt) };
  }

  /** An article and its page → what the article says with both. `url`: where the page came from. */
  async complete(
    article: Thin,
    facts: PageFacts,
    source: Pick<Source, 'kind' | 'section' | 'language'>,
    url: string,
    now: Instant,
  ): Promise<Completed | null> {
    const completed = await ask(this.polled, 'complete', now.toString(), article, facts, source, url);
    if (!completed) return null;
    const { publishedAt } = completed;
    return { ...completed, publishedAt: publishedAt === null ? null : Temporal.Instant.from(publishedAt) };
  }

  /** What the desk pushes → clean text. */
  words(words: PushedWords, base: string): Promise<ReadWords | null> {
    const { title, standfirst, body, language } = words;
    return ask(this.pushed, 'words', { title, standfirst, body, language }, base);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.polled.end(), this.pushed.end()]);
  }
}

const thread = () => new SideThread<Call, unknown>(new URL('./tasks', import.meta.url), 'foreign');

/** Asks for a task by its name; the arguments cross as plain data. */
async function ask<T extends keyof Tasks>(
  of: SideThread<Call, unknown>,
  task: T,
  ...args: Parameters<Tasks[T]>
): Promise<ReturnType<Tasks[T]> | null> {
  return (await of.ask({ task, args })) as ReturnType<Tasks[T]> | null;
}
