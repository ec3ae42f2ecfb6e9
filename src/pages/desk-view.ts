/** An issue's rundown, for editors. */
export interface DeskView {
  list: { slug: string; name: string };
  date: string;
  dateWords: string;
  action: string;
  /** Desks of the day before and after. */
  before: string;
  after: string;
  editor: string;
  version: number;
  decisions: {
    pins: string[];
    drops: string[];
    note: string | null;
    subject: string | null;
    preheader: string | null;
    hold: boolean;
  };
  /** Subject and preheader as the stories give them. */
  given: { subject: string; preheader: string };
  /** What becomes of the issue if nobody does anything more. */
  announcement: string;
  /** The database is a copy: nothing is sent until an admin confirms it. */
  standstill: boolean;
  approval: { wanted: boolean; by: string | null; editedBy: string | null; hasVersion: boolean };
  mayApprove: boolean;
  rehearsal: DeskRehearsal | null;
  mayOverride: boolean;
  editions: { at: string; state: string; reason: string | null }[];
  /** False: only what somebody pushes comes in. */
  hasSource: boolean;
  chosen: DeskStory[];
  others: DeskStory[];
  /** What was typed is not saved yet. */
  unsaved: boolean;
  /** In the fields that belong to one button. */
  typed: { addresses: string; reason: string };
  problem: { kind: 'wrong'; detail: string } | { kind: 'changed'; by: string; changed: string } | null;
  said: string | null;
}

/** The latest rehearsal, in words. */
export interface DeskRehearsal {
  state: 'asked' | 'green' | 'red' | 'failed';
  at: string;
  summary: string | null;
  /** Null: everybody gets something. */
  nothing: string | null;
  hours: string[];
  findings: { level: 'red' | 'note'; detail: string }[];
  /** Who lets it go out all the same, and why. */
  overridden: string | null;
}

/** A story as the desk sees it; the article that stands for it. */
export interface DeskStory {
  article: string;
  title: string;
  standfirst: string;
  rewritten: boolean;
  /** A model wrote the standfirst. */
  byModel: boolean;
  publisher: string;
  section: string;
  language: string;
  at: string;
  score: number;
  update: boolean;
  chosen: boolean;
  /** An issue that carries it first, a date in words. */
  earlier: string | null;
  pinned: boolean;
  dropped: boolean;
  why: string[];
}

/** An issue that is closed: what went out, to look at. */
export interface ClosedIssueView {
  list: { slug: string; name: string };
  date: string;
  dateWords: string;
  before: string;
  after: string;
  editor: string;
  announcement: string;
  /** Why nothing was changed, if somebody pressed a button of a page that was open for longer. */
  problem: string | null;
  /** All deliveries of the day by their state, in words. */
  counts: { state: string; count: number }[];
  editions: {
    at: string;
    state: string;
    reason: string | null;
    special: boolean;
    counts: { state: string; count: number }[];
  }[];
  /** Null: nothing was composed. */
  issue: ClosedIssue | null;
  /** What was left out, and why. */
  others: { title: string; section: string; publisher: string; why: string[] }[];
}

export interface ClosedIssue {
  /** Somebody got it. */
  sent: boolean;
  subject: string;
  preheader: string;
  note: string | null;
  stories: { title: string; standfirst: string; section: string; publisher: string; language: string; url: string }[];
  /** Its web copy, and the page of its day. */
  emailUrl: string;
  pageUrl: string;
}
