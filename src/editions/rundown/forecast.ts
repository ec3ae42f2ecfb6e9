import type { List } from '../../lists/list.entity.js';
import type { Instant } from '../../database/now.js';
import { isOpen, type Opened, type ToCome } from './editions-of-issue.js';
import type { Course } from './rundown-in-force.js';

/** What becomes of an issue if nobody does anything more, and why. */
export type Forecast =
  | { kind: 'archived' }
  /** The date is over, and no edition was opened. */
  | { kind: 'nothing went out' }
  /** No schedule has this date. */
  | { kind: 'no issue' }
  | { kind: 'composed' }
  | { kind: 'being composed' }
  /** Editions wait. At `until` they are skipped as late. */
  | { kind: 'held'; count: number; reason: string | null; until: Date }
  /** The hour has passed, and by more than `freshFor`. */
  | { kind: 'late'; next: ToCome }
  | { kind: 'sends'; next: ToCome; more: number; stories: number; reason: string | null }
  | { kind: 'holds' | 'skips'; next: ToCome; more: number; reason: string }
  /** @property before an issue that goes out first and takes the stories at hand, YYYY-MM-DD */
  | {
      kind: 'too few';
      next: ToCome;
      more: number;
      stories: number;
      least: number;
      before: string | null;
      reason: string | null;
    };

/** What there is to foresee from. */
export interface AtHand {
  date: string;
  toCome: ToCome[];
  editions: Opened[];
  course: Course;
  /** How many stories would go in. */
  stories: number;
  before: string | null;
}

type Rules = Pick<List, 'archivedAt' | 'freshForSeconds' | 'minStories' | 'timeZone'>;

export function forecastOf(list: Rules, atHand: AtHand, now: Instant): Forecast {
  const { toCome, editions } = atHand;
  const held = editions.filter(({ state }) => state === 'held');
  if (held.length > 0) return heldUntil(list, held);
  if (toCome.length > 0) return nextOf(list, atHand, now);
  if (editions.some(isOpen)) return { kind: 'being composed' };
  if (editions.length > 0) return { kind: 'composed' };
  if (atHand.date < now.toZonedDateTimeISO(list.timeZone).toPlainDate().toString()) return { kind: 'nothing went out' };
  return { kind: list.archivedAt ? 'archived' : 'no issue' };
}

function nextOf(list: Rules, { toCome, course, stories, before }: AtHand, now: Instant): Forecast {
  const fresh = toCome.filter(({ dueAt }) => lateAt(list, dueAt).getTime() >= now.epochMilliseconds);
  const [next] = fresh;
  if (!next) return { kind: 'late', next: toCome.at(-1)! };
  const more = fresh.length - 1;
  if (course.kind !== 'compose')
    return { kind: course.kind === 'hold' ? 'holds' : 'skips', next, more, reason: course.reason };
  const least = list.minStories;
  if (stories < least) return { kind: 'too few', next, more, stories, least, before, reason: course.reason };
  return { kind: 'sends', next, more, stories, reason: course.reason };
}

function heldUntil(list: Rules, held: Opened[]): Forecast {
  const [first] = held;
  return { kind: 'held', count: held.length, reason: first!.reason, until: lateAt(list, first!.dueAt) };
}

const lateAt = ({ freshForSeconds }: Rules, dueAt: Date): Date => new Date(dueAt.getTime() + freshForSeconds * 1000);
