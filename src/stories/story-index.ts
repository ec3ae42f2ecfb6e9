import { Closeness, type UnitVector } from './closeness.js';
import { likeness, profileOf, type Profile } from './likeness.js';
import type { Features } from './read-features.js';
import { Rarity } from './rarity.js';

/** An article as the index takes it. `at`: when it was published, ms. */
export interface IndexedArticle {
  id: string;
  language: string;
  at: number;
  features: Features;
  /** What an embedding model says of it. */
  vector?: UnitVector | null;
}

/** What became of an article: its story, null for one of its own, and the other stories that turned out to be that one. */
export interface Placement {
  story: string | null;
  merged: string[];
}

interface Entry extends Profile {
  id: string;
  story: string;
  features: Features;
  vector: UnitVector | null;
  /** The countries it names itself; `countries` falls back on what others of its story name. */
  own: string[];
}

interface Rival {
  story: string;
  score: number;
}

/** A story is as like an article as the better half of its members, five at most. */
const bestHalf = (members: number) => Math.min(5, Math.ceil(members / 2));

/** From here on a rival is looked at again, now as a whole: the article may be what the two stories lacked. */
const worthComparing = 0.7;
const mostRivals = 4;
const mostAsked = 600;
const mostMet = 24;
const mostNear = 6;
const near = 0.5;
const mostCompared = { few: 6, many: 12 };

/**
 * The articles of the last days and their stories. An article meets only those it shares a feature with (an inverted index) or is close to by its vector,
 * joins the story it is most like, and may show that two stories are one. The same articles in the same order always give the same stories.
 */
export class StoryIndex {
  private readonly rarity = new Rarity();
  private readonly closeness = new Closeness();
  private readonly entries = new Map<string, Entry>();
  private readonly stories = new Map<string, Entry[]>();
  private readonly postings = new Map<string, Map<Entry, number>>();

  get size(): number {
    return this.entries.size;
  }

  /** Takes in an article whose story is known; one that is there already moves to that story. */
  add(article: IndexedArticle, story: string): void {
    const known = this.entries.get(article.id);
    if (known) this.drop(known);
    this.keep(this.enter(article, story));
  }

  /** Finds the article's story, without taking it in: `add` does, once it is written down. */
  place(article: IndexedArticle): Placement {
    const entry = this.enter(article, '');
    const rivals = this.rivals(entry);
    const [best] = rivals;
    if (!best || best.score < 1) return { story: null, merged: [] };
    const joined = [...this.stories.get(best.story)!, entry];
    const others = rivals.slice(1, mostRivals).map(({ story }) => story);
    return { story: best.story, merged: others.filter((story) => areOne(joined, this.stories.get(story)!, this.like)) };
  }

  /**
   * The story of an article that read as `before` when it was given `story`, null: one of its own. It stays while both wordings tell one event, and also
   * alone in its story, so that a headline written anew is not news again.
   */
  placeAgain(before: IndexedArticle, article: IndexedArticle, story: string): string | null {
    if (this.like(this.enter(before, ''), this.enter(article, '')) >= 1) return story;
    const known = this.entries.get(article.id);
    if (known) this.drop(known);
    return this.place(article).story ?? (this.stories.has(story) ? null : story);
  }

  /** Makes the `merged` stories part of `story`. */
  merge(story: string, merged: string[]): void {
    for (const other of merged) {
      for (const entry of this.stories.get(other) ?? []) {
        entry.story = story;
        this.stories.get(story)!.push(entry);
      }
      this.stories.delete(other);
    }
    this.lendCountries(story);
  }

  /** Lets go of what was published before `at` (ms). */
  forget(at: number): void {
    for (const entry of this.entries.values()) if (entry.at < at) this.drop(entry);
  }

  private enter({ id, language, at, features, vector = null }: IndexedArticle, story: string): Entry {
    const profile = profileOf(language, at, features, this.rarity);
    return { id, story, features, vector, ...profile, own: profile.countries };
  }

  /** The stories that are like the article, the most like first, of equals the older. */
  private rivals(entry: Entry): Rival[] {
    const byStory = new Map<string, number[]>();
    for (const other of new Set([...this.meet(entry), ...this.nearest(entry)])) {
      const likes = byStory.get(other.story);
      if (likes) likes.push(this.like(entry, other));
      else byStory.set(other.story, [this.like(entry, other)]);
    }
    return [...byStory]
      .map(([story, likes]) => ({ story, score: meanOfBest(likes, bestHalf(this.stories.get(story)!.length)) }))
      .filter(({ score }) => score >= worthComparing)
      .sort((a, b) => b.score - a.score || Number(a.story) - Number(b.story));
  }

  /** Those who have most in common with it, by its rarest features: what half of the articles share tells little and costs most. */
  private meet(entry: Entry): Entry[] {
    const common = new Map<Entry, number>();
    const lists = [...entry.weights].map(([feature, weight]) => ({ weight, list: this.postings.get(feature) }));
    lists.sort((a, b) => (a.list?.size ?? 0) - (b.list?.size ?? 0));
    let asked = 0;
    for (const { weight, list } of lists) {
      asked += list?.size ?? 0;
      if (asked > mostAsked) break;
      list?.forEach((itsWeight, other) => common.set(other, (common.get(other) ?? 0) + weight * itsWeight));
    }
    const met = [...common].sort((a, b) => b[1] - a[1] || Number(a[0].id) - Number(b[0].id));
    return met.slice(0, mostMet).map(([other]) => other);
  }

  private readonly like = (a: Entry, b: Entry): number => likeness(a, b, this.closeness.between(a.vector, b.vector));

  /** Those who say the same in other words. */
  private nearest(entry: Entry): Entry[] {
    if (!entry.vector) return [];
    return [...this.entries.values()]
      .map((other) => ({ other, close: this.closeness.between(entry.vector, other.vector) ?? 0 }))
      .filter(({ close }) => close > near)
      .sort((a, b) => b.close - a.close || Number(a.other.id) - Number(b.other.id))
      .slice(0, mostNear)
      .map(({ other }) => other);
  }

  private keep(entry: Entry): void {
    this.entries.set(entry.id, entry);
    this.stories.set(entry.story, [...(this.stories.get(entry.story) ?? []), entry]);
    this.lendCountries(entry.story);
    this.closeness.add(entry.vector);
    this.rarity.add(entry.features.keys());
    for (const [feature, weight] of entry.weights) {
      const list = this.postings.get(feature);
      if (list) list.set(entry, weight);
      else this.postings.set(feature, new Map([[entry, weight]]));
    }
  }

  private drop(entry: Entry): void {
    this.entries.delete(entry.id);
    this.closeness.remove(entry.vector);
    this.rarity.remove(entry.features.keys());
    const left = this.stories.get(entry.story)!.filter((other) => other !== entry);
    if (left.length > 0) this.stories.set(entry.story, left);
    else this.stories.delete(entry.story);
    for (const [feature] of entry.weights) {
      const list = this.postings.get(feature)!;
      list.delete(entry);
      if (list.size === 0) this.postings.delete(feature);
    }
  }

  private lendCountries(story: string): void {
    const members = this.stories.get(story)!;
    const named = [...new Set(members.flatMap(({ own }) => own))];
    for (const member of members) member.countries = member.own.length > 0 ? member.own : named;
  }
}

/** Whether the articles of the smaller story would all in all belong to the larger. Only the latest are asked. */
function areOne(a: Entry[], b: Entry[], like: (a: Entry, b: Entry) => number): boolean {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  const some = many.slice(-mostCompared.many);
  const scores = few.slice(-mostCompared.few).map((one) => {
    const likes = some.map((other) => like(one, other));
    return meanOfBest(likes, bestHalf(likes.length));
  });
  return meanOfBest(scores, scores.length) >= 1;
}

/** Those that are not there count as 0. */
function meanOfBest(likes: number[], count: number): number {
  const best = likes.sort((a, b) => b - a).slice(0, count);
  return best.reduce((sum, like) => sum + like, 0) / count;
}
