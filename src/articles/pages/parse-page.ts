import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { decodeText } from '../../fetching/decode-text.js';
import { SideThread } from '../../threads/side-thread.js';
import type { PageFacts } from './take-apart.js';

/** Bytes of a web page → what stands in it, taken apart beside the main thread. Null when that cannot be done. */
@Injectable()
export class ParsePage implements OnApplicationShutdown {
  private readonly thread = new SideThread<string, PageFacts>(new URL('./take-apart', import.meta.url), 'take-apart');

  run(bytes: Uint8Array, charset: string | null): Promise<PageFacts | null> {
    return this.thread.ask(decodeText(bytes, charset));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.end();
  }
}
