/** A list as its pages show it. */
export interface ViewList {
  slug: string;
  name: string;
  tagline: string;
  /** The language its name and tagline are written in. */
  locale?: string;
  /** Path of its own pages: '' (the default list, at `/`) or `/lists/SLUG`. */
  home?: string;
  /** Style sheet with its colours; null: the house's. */
  brandSheet?: string | null;
  /** Shown in place of its name. */
  logo?: { path: string; width: number; height: number } | null;
}

/** What a reader has typed and chosen in the box. */
export interface BoxValue {
  email: string;
  timeZone: string;
  sections: string[];
}

export interface ViewMailbox {
  name: string;
  address: string;
}

/** A list with what the sign-up box offers. */
export interface BoxList extends ViewList {
  sections: string[];
  /** 7 if absent. */
  lettersPerWeek?: number;
  /** Its own zone: what a reader has who chooses none. */
  timeZone: string;
  /** No longer to be subscribed to: its pages stay, without the box. */
  archived?: boolean;
}

export interface ViewPicture {
  /** A path of ours, such as /pictures/ID.jpg: the pages load nothing from other hosts. */
  src: string;
  alt: string;
  width: number;
  height: number;
}

export interface ViewFigure extends ViewPicture {
  caption: string;
  credit: string;
}

export interface ViewStory {
  title: string;
  standfirst: string;
  section: string;
  publisher: string;
  /** The other publishers that carry it. */
  also?: string[];
  /** It was told before, and there is more now. */
  update?: boolean;
  /** A model wrote the standfirst. */
  byModel?: boolean;
  minutes: number | null;
  /** Null: the article was withdrawn, the headline stays without a link. */
  url: string | null;
  picture: ViewPicture | null;
  /** The language the story is written in, if known. */
  language?: string;
}

/** A reader's subscription, with what its forms show. */
export interface ViewSubscription {
  slug: string;
  name: string;
  state: string;
  /** When the next letter comes, in words. */
  next: string | null;
  /** Today’s does not come, though it is one of their days. */
  missesToday: boolean;
  /** The date of the last issue in words, if it was skipped: then the next one may be, too. */
  skipped: string | null;
  /** A date in words. */
  pausedUntil: string | null;
  list: { sections: string[]; weekdays: number[]; hasWeekend: boolean; archived: boolean };
  /** Times `HH:MM`, dates `YYYY-MM-DD`, ISO weekdays. */
  form: {
    localTime: string;
    timeZone: string;
    frequency: string;
    day: number | null;
    sections: string[];
    until: string;
  };
  /** The first day that a pause can end on. */
  tomorrow: string;
  canUndo: boolean;
  /** What is wrong with one of the forms, and which. */
  fault: { text: string; of: string } | null;
}

/** A list that a reader could join. */
export interface ViewOffer extends ViewList {
  weekdays: number[];
  localTime: string;
  timeZone: string;
}

/** What was put right, with the lines as readers had them and as they read now (null: they are gone). */
export interface ViewCorrection {
  text: string;
  lines: { was: string; now: string | null }[];
  at: string;
}

export interface ViewEdition {
  subject: string;
  note: string | null;
  stories: ViewStory[];
}

export interface ViewArticle {
  title: string;
  standfirst: string;
  byModel?: boolean;
  /** Sanitised: the only text of a view that is not escaped. */
  bodyHtml: string;
  /** The first stands above the text, the others are set among its subheads. */
  figures: ViewFigure[];
  section: string;
  author: string | null;
  publisher: string;
  /** A full date in words, and the instant as ISO 8601. */
  publishedAt: { words: string; iso: string };
  minutes?: number | null;
  language: string;
  show: 'excerpt' | 'full';
  /** The original, absolute. */
  url: string;
}
