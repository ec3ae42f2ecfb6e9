import type { Db } from '../../database/sql.js';
import type { Instant } from '../../database/now.js';
import type { List } from '../../lists/list.entity.js';
import { readBlock } from '../rehearsal/read-rehearsal.js';
import { isOpen, readOpened, readToCome, type Opened, type ToCome } from './editions-of-issue.js';
import { readApproved, readRundown } from './read-rundown.js';
import type { Decisions } from './rundown.js';
import { rundownInForce, type Course } from './rundown-in-force.js';

/** An issue's rundown as the desk sees it. */
export interface RundownView extends Decisions {
  list: string;
  date: string;
  version: number;
  editedBy: string | null;
  editedAt: Date | null;
  approval: List['approval'];
  atCutOff: List['atCutOff'];
  approved: { version: number; by: string; at: Date } | null;
  /** What happens at the next due instant if nobody does anything more, in a sentence. */
  announcement: string;
  toCome: ToCome[];
  editions: Opened[];
}

export async function rundownView(db: Db, list: List, date: string, now: Instant): Promise<RundownView> {
  const [rundown, approved, red, toCome, editions] = await Promise.all([
    readRundown(db, list.id, date),
    readApproved(db, list.id, date),
    readBlock(db, list.rehearsal, list.id, date),
    readToCome(db, list.id, date),
    readOpened(db, list.id, date),
  ]);
  return {
    list: list.slug,
    date,
    version: rundown.version,
    ...rundown.decisions,
    editedBy: rundown.editedBy,
    editedAt: rundown.editedAt,
    approval: list.approval,
    atCutOff: list.atCutOff,
    approved: approved ? { version: approved.version, by: approved.approvedBy!, at: approved.approvedAt! } : null,
    announcement: announce(rundownInForce(list, rundown, approved, red), { toCome, editions }, now),
    toCome,
    editions,
  };
}

/** False once every edition of the date has been composed: then a change reaches nobody. */
export const isStillOpen = ({ toCome, editions }: Pick<RundownView, 'toCome' | 'editions'>): boolean =>
  toCome.length > 0 || editions.some(isOpen);

function announce(
  course: Course,
  { toCome, editions }: Pick<RundownView, 'toCome' | 'editions'>,
  now: Instant,
): string {
  const held = editions.filter(({ state }) => state === 'held');
  if (held.length > 0)
    return `${held.length} edition${held.length > 1 ? 's are' : ' is'} held (${held[0]!.reason ?? ''}): nothing goes out until that is lifted.`;
  const next = toCome.find(({ dueAt }) => dueAt.getTime() > now.epochMilliseconds) ?? toCome[0];
  if (!next)
    return editions.length > 0
      ? 'Every edition of this date has been composed.'
      : 'No edition of this date is to come.';
  return `At ${whenOf(next)} it ${outcomes[course.kind]}${course.reason ? ` (${course.reason})` : ''}${toCome.length > 1 ? `; ${toCome.length - 1} more to come for other hours` : ''}.`;
}

const outcomes = { compose: 'goes out', hold: 'is held', skip: 'is skipped' } as const;

const whenOf = ({ dueAt, timeZone }: ToCome): string =>
  `${dueAt.toTemporalInstant().toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')} in ${timeZone}`;
