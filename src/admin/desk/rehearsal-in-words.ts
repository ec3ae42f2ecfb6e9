import type { Rehearsal } from '../../editions/rehearsal/rehearsal.js';
import { clockTime, moment } from '../../locales/dates.js';
import { message, type Locale } from '../../locales/messages.js';
import type { DeskRehearsal } from '../../pages/desk-view.js';

const most = { hours: 24, findings: 20 };

/** A rehearsal as the desk reads it. @param timeZone the list's */
export function rehearsalInWords(
  { state, askedAt, finishedAt, report, override }: Rehearsal,
  locale: Locale,
  timeZone: string,
): DeskRehearsal {
  const say = (key: string, values: Record<string, string | number>) => message(locale, key, values);
  const { readers, letters } = report ?? {
    readers: { total: 0, nothing: 0, hours: [] },
    letters: { total: 0, largest: [] },
  };
  const kilobytes = Math.ceil(Math.max(0, ...letters.largest.map(({ messageBytes }) => messageBytes)) / 1024);
  const sums = { readers: readers.total, letters: letters.total, kilobytes };
  return {
    state,
    at: moment(locale, (finishedAt ?? askedAt).toTemporalInstant(), timeZone),
    summary: report && say('desk.rehearsalReaders', sums),
    nothing: readers.nothing > 0 ? say('desk.rehearsalNothing', { count: readers.nothing }) : null,
    hours: readers.hours
      .slice(0, most.hours)
      .map(({ localTime, timeZone: zone, readers: count }) =>
        say('desk.rehearsalHour', { time: clockTime(locale, localTime), zone, count }),
      ),
    findings: (report?.findings ?? []).slice(0, most.findings),
    overridden: override && say('desk.overridden', { by: override.by, reason: override.reason }),
  };
}
