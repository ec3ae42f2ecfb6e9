import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { decodeText } from '../../fetching/decode-text.js';
import { SideThread, timeLimitMs } from '../../threads/side-thread.js';
import type { FeedContent } from './feed-item.js';
import type { ReadFeed } from './read-feed.js';
import { toItems } from './to-items.js';

export type ParsedFeed =
  { kind: 'feed'; content: FeedContent; leftOver: number } | { kind: 'unreadable'; reason: string };

/** Bytes → what a feed says, parsed beside the main thread. Always answers. */
@Injectable()
export class ParseFeed implements OnApplicationShutdown {
  private readonly thread = new SideThread<string, ReadFeed>(new URL('./read-feed', import.meta.url), 'read-feed');

  async run(bytes: Uint8Array, charset: string | null): Promise<ParsedFeed> {
    const read = await this.thread.ask(decodeText(bytes, charset));
    if (!read) return { kind: 'unreadable', reason: `the feed could not be parsed within ${timeLimitMs / 1000} s` };
    return read.kind === 'feed' ? { kind: 'feed', content: toItems(read.document), leftOver: read.leftOver } : read;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.end();
  }
}
