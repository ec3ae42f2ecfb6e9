import { parentPort, workerData } from 'node:worker_threads';
import { draftArticle, type Draft } from '../feeds/draft-article.js';
import type { LocatedFeed } from '../feeds/feed-item.js';
import { identifyItems, type Identified, type SourceSettings } from '../feeds/identify-items.js';
import { completeText, type Completed, type Thin } from '../pages/complete-text.js';
import { pageArticle } from '../pages/page-article.js';
import type { PageFacts } from '../pages/take-apart.js';
import type { Source } from '../source.entity.js';
import { standfirstOf, type Standfirst } from '../summary/standfirst-of.js';
import { plainText } from '../text/plain-text.js';
import { sanitise } from '../text/sanitise.js';
import type { CleanBody } from '../text/structure.js';

// This file is the module of a thread (see threads/side-thread.ts). Instants cross as text: a thread cannot pass them on.

/** What is pushed through the API. `base` resolves relative addresses. */
export interface PushedWords {
  title: string;
  standfirst: string;
  body: string;
  language: string;
}

export type ReadWords = CleanBody & Standfirst;

const at = (now: string) => Temporal.Instant.from(now);

/** Everything that is done to texts of others. Pure; each takes time that the text decides. */
export const tasks = {
  identify: identifyItems,
  draft: (now: string, found: Identified, source: SourceSettings, feed: LocatedFeed): Draft<string> => {
    const drafted = draftArticle(found, source, feed, at(now));
    return { ...drafted, publishedAt: drafted.publishedAt.toString() };
  },
  complete: (
    now: string,
    article: Thin,
    facts: PageFacts,
    source: Pick<Source, 'kind' | 'section' | 'language'>,
    url: string,
  ): Completed<string> => {
    const completed = completeText(article, pageArticle(facts, url), source, url, at(now));
    return { ...completed, publishedAt: completed.publishedAt?.toString() ?? null };
  },
  words: ({ title, standfirst, body, language }: PushedWords, base: string): ReadWords => {
    const clean = sanitise(body, base);
    return { ...clean, ...standfirstOf(plainText(standfirst), { title, html: clean.html, language }) };
  },
};

export type Tasks = typeof tasks;
export interface Call {
  task: keyof Tasks;
  args: unknown[];
}

if (parentPort && (workerData as { task?: string } | null)?.task === 'foreign') {
  const port = parentPort;
  port.on('message', ({ id, value: { task, args } }: { id: number; value: Call }) => {
    const run = tasks[task] as (...all: unknown[]) => unknown;
    port.postMessage({ id, value: run(...args) });
  });
}
