import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FeedContent } from './feed-item.js';
import type { ReadFeed } from './read-feed.js';
import { toItems } from './to-items.js';

export type ParsedFeed =
  { kind: 'feed'; content: FeedContent; leftOver: number } | { kind: 'unreadable'; reason: string };

/** A hostile document may find a slow path of the parser; it gets this long. */
const timeLimitMs = 5_000;
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
const threadFile = fileURLToPath(new URL(`./read-feed${extname(import.meta.url)}`, import.meta.url));

/** Parses feeds on a thread of their own, one after another, so that no feed holds up pages or letters. */
@Injectable()
export class ParseFeed implements OnApplicationShutdown {
  private thread: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private id = 0;

  async run(bytes: Uint8Array, charset: string | null): Promise<ParsedFeed> {
    const turn = this.last.then(() => this.ask(bytes, charset));
    this.last = turn;
    const read = await turn;
    return read.kind === 'feed' ? { kind: 'feed', content: toItems(read.document), leftOver: read.leftOver } : read;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }

  /** Always answers: a thread that is too slow or dies is put away, and the next feed gets a new one. */
  private async ask(bytes: Uint8Array, charset: string | null): Promise<ReadFeed> {
    const thread = (this.thread ??= this.start());
    const id = ++this.id;
    const answered = waitFor(thread, id);
    thread.postMessage({ id, bytes, charset });
    const read = await answered;
    if (!read) await this.end();
    return read ?? { kind: 'unreadable', reason: `the feed could not be parsed within ${timeLimitMs / 1000} s` };
  }

  private start(): Worker {
    const thread = new Worker(threadFile, { workerData: { task: 'read-feed' }, resourceLimits: memory });
    thread.on('error', () => {}); // one that dies while nobody waits takes only itself down
    thread.once('exit', () => {
      if (this.thread === thread) this.thread = null;
    });
    thread.unref();
    return thread;
  }

  private async end(): Promise<void> {
    const thread = this.thread;
    this.thread = null;
    await thread?.terminate();
  }
}

/** The thread's answer; null when it is too slow or dies. */
async function waitFor(thread: Worker, id: number): Promise<ReadFeed | null> {
  const { promise, resolve } = Promise.withResolvers<ReadFeed | null>();
  const answer = (message: { id: number; answer: ReadFeed }) => message.id === id && resolve(message.answer);
  const nothing = () => resolve(null);
  const timer = setTimeout(nothing, timeLimitMs);
  // Not removeAllListeners: a Worker has listeners of its own, without which it hears nothing any more.
  thread.on('message', answer).on('error', nothing).on('exit', nothing);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    thread.off('message', answer).off('error', nothing).off('exit', nothing);
  }
}
