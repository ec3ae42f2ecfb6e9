import type { Instant } from '../database/now.js';
import type { Candidate } from './candidate.js';
import { hasMore } from './has-more.js';
import { pickArticle } from './pick-article.js';
import type { DeskWord } from './desk-word.js';
import { publishersOf, scoreStory, type Reason } from './score-story.js';

/** What decides on one group of readers. */
export interface Wishes {
  /** The language they read, as a locale. */
  locale: string;
  /** Null: every section. */
  sections: string[] | null;
  /** Stories these readers have had, and when the edition was composed that brought each last. */
  seen: ReadonlyMap<string, Date>;
  /** Their previous morning edition; null if they had none. */
  since: Instant | null;
  max: number;
  /** Score below which a story is not worth a slot. */
  floor: number;
  desk: DeskWord;
}

/** A story that was weighed, with the article that stands for it. */
export interface Verdict {
  story: Candidate;
  /** The other publishers that carry it. */
  also: string[];
  /** These readers have had it, and there is materially more now. */
  update: boolean;
  chosen: boolean;
  score: number;
  why: Reason[];
}

/** How old an article may be: the longer of this and the time since the reader's previous morning edition. */
const publishedWithinHours = 36;

/**
 * An article is first seen when its polling round starts, and readable once it is written, minutes later: without an overlap
 * it would fall between two editions. What readers had is kept out by their memory.
 */
const overlapHours = 2;

/** No publisher and no section takes more than half of the slots while others have something to tell. */
const share = 0.5;

/**
 * Chooses an edition's stories for one group of readers, the lead at the head, and says why of every story, chosen or left out.
 * An article counts from when we first saw it, so one that arrives late is not lost; the bound on its
 * publication keeps a new source from flooding the letter with its past.
 */
export function chooseStories(candidates: Candidate[], wishes: Wishes, now: Instant): Verdict[] {
  const isInWindow = windowOf(wishes, now);
  const verdicts = [...Map.groupBy(candidates, ({ storyId }) => storyId).values()].map((articles) =>
    weigh(articles, wishes, isInWindow, now),
  );
  const place = ({ story }: Verdict) => wishes.desk.placeOf(story.storyId) ?? Infinity;
  verdicts.sort(
    (a, b) =>
      Math.sign(place(a) - place(b)) ||
      b.score - a.score ||
      b.story.publishedAt.getTime() - a.story.publishedAt.getTime(),
  );
  const wanted = verdicts.filter(({ chosen }) => chosen);
  const pinned = wanted.filter((verdict) => place(verdict) < Infinity);
  const seated = new Set(seat(wanted, Math.max(wishes.max, pinned.length), pinned));
  for (const verdict of wanted.filter((one) => !seated.has(one)))
    leaveOut(verdict, wanted.indexOf(verdict) + 1, wishes.max);
  return [...verdicts.filter(({ chosen }) => chosen), ...verdicts.filter(({ chosen }) => !chosen)];
}

function weigh(
  articles: Candidate[],
  wishes: Wishes,
  isInWindow: (article: Candidate) => boolean,
  now: Instant,
): Verdict {
  const { desk } = wishes;
  const place = desk.placeOf(articles[0]!.storyId);
  const hadAt = wishes.seen.get(articles[0]!.storyId);
  const inWindow = articles.filter(isInWindow);
  const wanted =
    place !== undefined
      ? articles
      : inWindow.filter(({ section }) => !wishes.sections || wishes.sections.includes(section));
  const update = hadAt !== undefined && hasMore(wanted, articles, hadAt);
  const told = update ? wanted.filter(({ firstSeenAt }) => firstSeenAt > hadAt) : wanted;
  const story = pickArticle(told.length > 0 ? told : articles, wishes.locale, desk.pinned);
  const current = update ? told : inWindow.length > 0 ? inWindow : articles;
  const { score, why } = scoreStory(current, now);
  const also = publishersOf(current).filter((publisher) => publisher !== story.publisher);
  const verdict = { story, also, update, chosen: true, score, why };
  if (desk.isDropped(articles)) return without(verdict, 'dropped', 'the desk dropped it');
  if (place !== undefined) return pin(verdict, place, hadAt !== undefined && !update);
  if (inWindow.length === 0) return without(verdict, 'old', 'older than what these readers’ window reaches back to');
  if (wanted.length === 0) return without(verdict, 'section', `its section, ${story.section}, is not one they chose`);
  if (hadAt && !update) return without(verdict, 'had', 'they have had it, and there is nothing materially new');
  if (score < wishes.floor) return without(verdict, 'floor', `its score is below ${wishes.floor}, the list’s floor`);
  return update
    ? { ...verdict, why: [...why, { kind: 'update', text: 'they have had it; there is more since' }] }
    : verdict;
}

/** The desk's word goes before section, age and rank, but nobody gets a story twice for it. */
function pin(verdict: Verdict, place: number, had: boolean): Verdict {
  const text = place === 0 ? 'the desk pinned it as the lead' : `the desk pinned it at ${place + 1}`;
  const pinned = { ...verdict, why: [...verdict.why, { kind: 'pinned' as const, text }] };
  return had ? without(pinned, 'had', 'they have had it, and there is nothing materially new') : pinned;
}

function windowOf(wishes: Wishes, now: Instant): (article: Candidate) => boolean {
  const oldest = now.subtract({ hours: publishedWithinHours });
  const publishedAfter = wishes.since && Temporal.Instant.compare(wishes.since, oldest) < 0 ? wishes.since : oldest;
  const seenAfter = wishes.since?.subtract({ hours: overlapHours }).epochMilliseconds ?? -Infinity;
  const publishedAfterMs = publishedAfter.epochMilliseconds;
  return ({ firstSeenAt, publishedAt }) =>
    firstSeenAt.getTime() > seenAfter && publishedAt.getTime() >= publishedAfterMs;
}

/** Fills the slots by rank, the pinned ones first, then within the caps; what the caps held back takes what is left over. */
function seat(wanted: Verdict[], max: number, pinned: Verdict[]): Verdict[] {
  const most = Math.ceil(max * share);
  const taken = new Map<string, number>();
  const within = wanted.filter((verdict) => {
    const { story } = verdict;
    const keys = [`publisher ${story.publisher}`, `section ${story.section}`];
    if (!pinned.includes(verdict) && keys.some((key) => (taken.get(key) ?? 0) >= most)) return false;
    for (const key of keys) taken.set(key, (taken.get(key) ?? 0) + 1);
    return true;
  });
  const held = wanted.filter((verdict) => !within.includes(verdict));
  return [...within, ...held].slice(0, max);
}

function leaveOut(verdict: Verdict, rank: number, max: number): void {
  verdict.chosen = false;
  const { publisher, section } = verdict.story;
  verdict.why.push(
    rank > max
      ? { kind: 'room', text: `ranked ${rank}, and there are ${max} slots` }
      : {
          kind: 'cap',
          text: `ranked ${rank}, but ${publisher} or the section ${section} has half of the slots already`,
        },
  );
}

function without(verdict: Verdict, kind: Reason['kind'], text: string): Verdict {
  return { ...verdict, chosen: false, why: [...verdict.why, { kind, text }] };
}
