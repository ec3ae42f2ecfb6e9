import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BoxList } from '../pages/view-parts.js';
import { findList } from './find-list.js';
import type { List } from './list.entity.js';
import { pageList } from './page-list.js';

export interface RecentList {
  list: List;
  view: BoxList;
}

const goodForMs = 1_000;
const most = 1_000;

/** Lists as they were within the last second, for what comes thousands of times a second. What is written must look for itself whether a list still stands. */
@Injectable()
export class RecentLists {
  private readonly known = new Map<string, { at: number; found: Promise<RecentList | null> }>();

  constructor(private readonly db: DataSource) {}

  /** As `findList`. */
  find(slug = ''): Promise<RecentList | null> {
    const known = this.known.get(slug);
    if (known && performance.now() - known.at < goodForMs) return known.found;
    if (this.known.size >= most) this.known.clear();
    const found = this.read(slug);
    this.known.set(slug, { at: performance.now(), found });
    found.catch(() => this.known.delete(slug));
    return found;
  }

  private async read(slug: string): Promise<RecentList | null> {
    const list = await findList(this.db, slug);
    return list && { list, view: await pageList(this.db, list) };
  }
}
