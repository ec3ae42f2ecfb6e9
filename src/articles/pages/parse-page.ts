import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { decodeText } from '../../fetching/decode-text.js';
import { OwnThread } from '../own-thread.js';
import type { PageFacts } from './take-apart.js';

/** Bytes of a web page → what stands in it, taken apart on a thread of its own. Null when that cannot be done. */
@Injectable()
export class ParsePage implements OnApplicationShutdown {
  private readonly thread = new OwnThread<string, PageFacts>(new URL('./take-apart', import.meta.url), 'take-apart');

  run(bytes: Uint8Array, charset: string | null): Promise<PageFacts | null> {
    return this.thread.ask(decodeText(bytes, charset));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.end();
  }
}
