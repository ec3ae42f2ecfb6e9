/** New lines for an article, as an editor wrote them; what is left out stays as it is. */
export interface RewrittenLines {
  article: string;
  title?: string | undefined;
  standfirst?: string | undefined;
}

/** What editors decide on an issue. Articles stand for the stories they report. */
export interface Decisions {
  /** Ids of articles in their order; the first one leads. */
  pins: string[];
  /** Ids of articles whose stories stay out. */
  drops: string[];
  lines: RewrittenLines[];
  /** Editor's note above the stories. */
  note: string | null;
  subject: string | null;
  preheader: string | null;
  /** True: nothing goes out until an editor says so. */
  hold: boolean;
}

export const noDecisions: Decisions = {
  pins: [],
  drops: [],
  lines: [],
  note: null,
  subject: null,
  preheader: null,
  hold: false,
};

/** One version of a rundown. Version 0 is that of an issue nobody has touched. */
export interface Rundown {
  version: number;
  decisions: Decisions;
  editedBy: string | null;
  editedAt: Date | null;
  approvedBy: string | null;
  approvedAt: Date | null;
}

export const noRundown: Rundown = {
  version: 0,
  decisions: noDecisions,
  editedBy: null,
  editedAt: null,
  approvedBy: null,
  approvedAt: null,
};
