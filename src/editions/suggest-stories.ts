import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { findList } from '../lists/find-list.js';
import { pageList } from '../lists/page-list.js';
import { ErrorPageFilter, type Instead } from '../pages/error-page.filter.js';
import { readFront } from './read-front.js';

const most = 3;

/** What a reader finds on a page that is not there: the newest stories, and the box. */
@Injectable()
export class SuggestStories implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly errorPages: ErrorPageFilter,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  onModuleInit(): void {
    this.errorPages.offer(() => this.read());
  }

  private async read(): Promise<Instead | null> {
    const list = await findList(this.db);
    if (!list) return null;
    const front = await readFront(this.db, list.id, this.config.PUBLIC_URL);
    return { list: await pageList(this.db, list), stories: front?.stories.slice(0, most) ?? [] };
  }
}
