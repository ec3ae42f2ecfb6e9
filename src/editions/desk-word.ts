import type { Candidate } from './candidate.js';
import type { Decisions } from './rundown/rundown.js';

/** What the desk's decisions say of the candidates at hand: articles stand for their stories, as these are now. */
export interface DeskWord {
  /** 0: the lead; undefined: not pinned. */
  placeOf: (storyId: string) => number | undefined;
  isDropped: (articles: Candidate[]) => boolean;
  /** The articles that were pinned themselves. */
  pinned: ReadonlySet<string>;
}

export function readDeskWord({ pins, drops }: Decisions, candidates: Candidate[]): DeskWord {
  const storyOf = new Map(candidates.map(({ articleId, storyId }) => [articleId, storyId]));
  // An article that was withdrawn since is no candidate: the pins behind it move up.
  const stories = [...new Set(pins.map((article) => storyOf.get(article)).filter((story) => story !== undefined))];
  const places = new Map(stories.map((story, place) => [story, place]));
  return {
    placeOf: (storyId) => places.get(storyId),
    isDropped: (articles) => articles.some(({ articleId }) => drops.includes(articleId)),
    pinned: new Set(pins),
  };
}

/** The candidates with the lines that an editor rewrote for this issue. */
export function rewrite(candidates: Candidate[], { lines }: Decisions): Candidate[] {
  const rewritten = new Map(lines.map((line) => [line.article, line]));
  return candidates.map((candidate) => {
    const line = rewritten.get(candidate.articleId);
    const { title = candidate.title, standfirst = candidate.standfirst } = line ?? {};
    return { ...candidate, title, standfirst, byModel: candidate.byModel && line?.standfirst === undefined };
  });
}
