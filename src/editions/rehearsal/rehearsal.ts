/** How many readers one due instant of the issue has. */
export interface HourOfReaders {
  timeZone: string;
  /** `HH:MM` */
  localTime: string;
  dueAt: string;
  readers: number;
}

/** One letter of the issue: what a group of readers would get. */
export interface RehearsedLetter {
  locale: string;
  /** Those of one of its groups; null: every section. */
  sections: string[] | null;
  subject: string;
  stories: number;
  readers: number;
  /** As encoded for transport. */
  htmlBytes: number;
  /** The whole message. */
  messageBytes: number;
}

export const findingLevels = ['red', 'note'] as const;
export const findingKinds = ['link', 'size', 'alt', 'parity', 'unsubscribe', 'readers', 'stories', 'rundown'] as const;

/** What somebody should look at. `red` keeps an issue of a list with `rehearsal: block` from going out. */
export interface Finding {
  level: (typeof findingLevels)[number];
  kind: (typeof findingKinds)[number];
  detail: string;
}

export interface Report {
  readers: { total: number; nothing: number; hours: HourOfReaders[] };
  letters: { total: number; largest: RehearsedLetter[] };
  links: { checked: number; dead: number };
  findings: Finding[];
}

export const rehearsalStates = ['asked', 'green', 'red', 'failed'] as const;
export type RehearsalState = (typeof rehearsalStates)[number];

/** A rehearsal of an issue. `report` is null until it has an end, and where it failed. */
export interface Rehearsal {
  id: string;
  state: RehearsalState;
  rundownVersion: number;
  askedBy: string;
  askedAt: Date;
  finishedAt: Date | null;
  report: Report | null;
  override: { by: string; at: string; reason: string } | null;
}

export const verdictOf = ({ findings }: Report): 'green' | 'red' =>
  findings.some(({ level }) => level === 'red') ? 'red' : 'green';

/** The red findings in one line: the first of them, and how many more there are. */
export function whatIsRed({ findings }: Report): string {
  const [first, ...others] = findings.filter(({ level }) => level === 'red');
  return `${first?.detail ?? 'nothing'}${others.length > 0 ? `, and ${others.length} more` : ''}`;
}
