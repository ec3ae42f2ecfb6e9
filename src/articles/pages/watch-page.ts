import { Injectable } from '@nestjs/common';
import type { Document } from '../../fetching/fetch-document.js';
import type { ParsedFeed } from '../feeds/parse-feed.js';
import { articleLinks } from './article-links.js';
import { ParsePage } from './parse-page.js';

/** Reads a page to watch as if it were a feed. */
@Injectable()
export class WatchPage {
  constructor(private readonly parsePage: ParsePage) {}

  async run({ body, charset, contentType, finalUrl }: Document): Promise<ParsedFeed> {
    if (!/html|^$/.test(contentType))
      return { kind: 'unreadable', reason: `this is not a web page but ${contentType}` };
    const facts = await this.parsePage.run(body, charset);
    if (!facts) return { kind: 'unreadable', reason: 'the page could not be parsed' };
    const content = articleLinks(facts, finalUrl);
    if (content.items.length === 0)
      return { kind: 'unreadable', reason: 'the page has no links that look like articles of its own site' };
    return { kind: 'feed', content, leftOver: 0 };
  }
}
