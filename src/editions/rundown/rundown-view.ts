import type { Db } from '../../database/sql.js';
import type { List } from '../../lists/list.entity.js';
import { readBlock } from '../rehearsal/read-rehearsal.js';
import { isOpen, readOpened, readToCome, type Opened, type ToCome } from './editions-of-issue.js';
import type { Forecast } from './forecast.js';
import { forecastInWords } from './forecast-in-words.js';
import { readApproved, readRundown } from './read-rundown.js';
import type { Decisions, Rundown } from './rundown.js';
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
  /** What becomes of it if nobody does anything more, in a sentence. */
  announcement: string;
  toCome: ToCome[];
  editions: Opened[];
}

/** What is decided on an issue, and what has become of it so far. */
export interface IssueFacts {
  rundown: Rundown;
  approved: Rundown | undefined;
  course: Course;
  toCome: ToCome[];
  editions: Opened[];
}

export async function readIssueFacts(db: Db, list: List, date: string): Promise<IssueFacts> {
  const [rundown, approved, red, toCome, editions] = await Promise.all([
    readRundown(db, list.id, date),
    readApproved(db, list.id, date),
    readBlock(db, list.rehearsal, list.id, date),
    readToCome(db, list.id, date),
    readOpened(db, list.id, date),
  ]);
  return { rundown, approved, course: rundownInForce(list, rundown, approved, red), toCome, editions };
}

export function rundownView(list: List, date: string, facts: IssueFacts, forecast: Forecast): RundownView {
  const { rundown, approved, toCome, editions } = facts;
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
    announcement: forecastInWords('en', list.timeZone, forecast),
    toCome,
    editions,
  };
}

/** False once every edition of the date has been composed: then a change reaches nobody. */
export const isStillOpen = ({ toCome, editions }: Pick<RundownView, 'toCome' | 'editions'>): boolean =>
  toCome.length > 0 || editions.some(isOpen);
