/** A picture that an item names, not yet fetched. */
export interface NamedFigure {
  src: string;
  alt: string;
  caption: string;
  credit: string;
}

/** What an item says, in one shape for all formats, nothing of it trusted or cleaned yet. Texts may be HTML. */
export interface FeedItem {
  guid: string | null;
  link: string | null;
  title: string;
  summary: string;
  content: string;
  author: string | null;
  categories: string[];
  language: string | null;
  /** As written; see published-at.ts. */
  published: string | null;
  figures: NamedFigure[];
}

export interface FeedContent {
  title: string;
  language: string | null;
  items: FeedItem[];
}

/** A feed that was read, and the address it really came from, which its relative addresses are read against. */
export interface LocatedFeed extends FeedContent {
  url: string;
}
