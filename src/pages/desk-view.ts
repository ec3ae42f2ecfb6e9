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
  /** False: every edition of the date has been composed. */
  open: boolean;
  announcement: string;
  approval: { wanted: boolean; by: string | null; editedBy: string | null; hasVersion: boolean };
  mayApprove: boolean;
  rehearsal: DeskRehearsal | null;
  mayOverride: boolean;
  editions: { at: string; state: string; reason: string | null }[];
  /** False: only what somebody pushes comes in. */
  hasSource: boolean;
  chosen: DeskStory[];
  others: DeskStory[];
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
  pinned: boolean;
  dropped: boolean;
  why: string[];
}
