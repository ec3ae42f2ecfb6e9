import type { Instant } from '../../database/now.js';

export const healths = ['well', 'failing', 'stuck', 'silent', 'flooding', 'undated'] as const;
export type Health = (typeof healths)[number];

/** One source's last two weeks. */
export interface SourceHistory {
  failures: number;
  problem: string | null;
  /** Its next poll; long past: nobody has polled it. */
  nextPollAt: Instant;
  intervalMinutes: number;
  /** When each of its articles of the last 14 days was first seen, ascending. */
  seen: Instant[];
  /** Of its latest 20 articles, how many came without a date. */
  undated: number;
}

/** `detail`: one sentence for the desk, with the threshold that was crossed; empty when it is well. */
export interface Judgement {
  health: Health;
  detail: string;
}

const hour = 3_600_000;
const day = 24 * hour;
const failuresInARow = 3;
/** Fewer distinct times than this are no history. */
const leastTimes = 5;

/** Judges a source by its own habits: what is silence for an agency is a quiet week for a monthly. The gravest finding is told. */
export function judgeHealth(history: SourceHistory, now: Instant): Judgement {
  return (
    failing(history) ??
    stuck(history, now) ??
    silent(history, now) ??
    flooding(history, now) ??
    undated(history) ?? { health: 'well', detail: '' }
  );
}

function failing({ failures, problem }: SourceHistory): Judgement | null {
  if (failures < failuresInARow) return null;
  return { health: 'failing', detail: `failed ${failures} times in a row: ${problem ?? 'unknown'}` };
}

/** Due for longer than three of its intervals, and an hour: the fault is ours, not the source's. */
function stuck({ nextPollAt, intervalMinutes }: SourceHistory, now: Instant): Judgement | null {
  const lateMs = now.epochMilliseconds - nextPollAt.epochMilliseconds;
  if (lateMs < Math.max(hour, 3 * intervalMinutes * 60_000)) return null;
  return { health: 'stuck', detail: `due ${inWords(lateMs)} ago and not polled; see whether a worker runs` };
}

/** Nothing new for half as long again as its longest pause. */
function silent({ seen }: SourceHistory, now: Instant): Judgement | null {
  const times = [...new Set(seen.map((instant) => instant.epochMilliseconds))];
  if (times.length < leastTimes) return null;
  const longest = Math.max(...times.slice(1).map((time, at) => time - times[at]!));
  const silenceMs = now.epochMilliseconds - times.at(-1)!;
  if (silenceMs < Math.max(2 * hour, longest * 1.5)) return null;
  return {
    health: 'silent',
    detail: `nothing new for ${inWords(silenceMs)}; its longest pause in two weeks was ${inWords(longest)}`,
  };
}

/** Four times as much in a day as on its busiest day before. The first day of a source is none. */
function flooding({ seen }: SourceHistory, now: Instant): Judgement | null {
  const ages = seen.map((instant) => Math.floor((now.epochMilliseconds - instant.epochMilliseconds) / day));
  const days = Map.groupBy(ages, (age) => age);
  const today = days.get(0)?.length ?? 0;
  const earlier = [...days].filter(([age]) => age > 0).map(([, list]) => list.length);
  if (earlier.length < 2) return null;
  const most = Math.max(...earlier);
  if (today < Math.max(20, most * 4)) return null;
  return { health: 'flooding', detail: `${today} articles in a day; its busiest day in two weeks had ${most}` };
}

function undated({ undated: count, seen }: SourceHistory): Judgement | null {
  const latest = Math.min(seen.length, 20);
  if (latest < leastTimes || count * 2 <= latest) return null;
  return { health: 'undated', detail: `${count} of its latest ${latest} articles came without a date` };
}

function inWords(ms: number): string {
  return ms < 2 * day ? `${Math.round(ms / hour)} h` : `${Math.round(ms / day)} days`;
}
