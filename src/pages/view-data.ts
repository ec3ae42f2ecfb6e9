import type { Locale } from '../locales/messages.js';
import type { DeskView } from './desk-view.js';

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

interface Mailbox {
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

/** What was put right; `was` is the headline as readers had it. */
export interface ViewCorrection {
  text: string;
  was: string;
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

/** What each view needs beside the locale. */
export interface ViewData {
  /** `list` null: nothing has been set up yet. */
  home: {
    list: BoxList | null;
    latest: { localDate: string; subject: string; stories: ViewStory[] } | null;
    issues: { localDate: string; subject: string }[];
  };
  /** The box alone, for other people's pages. */
  box: { list: BoxList };
  /** How to put it there. */
  embed: { list: BoxList };
  /** What a list is and what to expect of it. `sent` counts the last 30 days. */
  landing: {
    list: BoxList;
    hour: { time: string; weekdays: number[] };
    stories: { least: number; most: number };
    sent: { morning: number; special: number };
    latest: { localDate: string; subject: string; stories: ViewStory[] } | null;
  };
  /** The answer to every sign-up, byte for byte the same whatever is known of the address. */
  subscribed: {
    list: ViewList;
    /** How the letter can be recognised. */
    sender: Mailbox;
    subject: string;
    /** What was typed, to be sent again; the sections one a line. */
    value: Omit<BoxValue, 'sections'> & { sections: string };
    /** After these minutes another letter can be had. */
    pauseMinutes: number;
    again: boolean;
  };
  /** The box again. `error` is a sentence in the reader's language, `value` what was typed. */
  'subscribe-error': { list: BoxList; error: string; value: BoxValue };
  confirm: { list: ViewList; action: string };
  /** `nextAt` is words, such as `moment` gives. */
  confirmed: { list: ViewList; nextAt: string; preferencesUrl: string; already: boolean };
  'link-expired': { list: ViewList | null; homeUrl: string };
  'link-unknown': { list: ViewList | null; homeUrl: string };
  /** `ended`: it is over already, there is nothing to press. */
  unsubscribe: {
    list: ViewList;
    action: string;
    ended: boolean;
    canUndo: boolean;
    /** Letters come: less of them, or a pause, can be offered. */
    gets: boolean;
    /** The reader gets other lists too. */
    others: boolean;
    weekdays: number[];
    pauses: { days: number; until: string }[];
  };
  /** `ended`: ids for the undo. */
  unsubscribed: {
    list: ViewList;
    action: string;
    preferencesUrl: string;
    ended: string;
    all: boolean;
    thanked: boolean;
  };
  /** After an undo, or another choice than to leave. `late`: nothing was changed. */
  stayed: { list: ViewList; preferencesUrl: string; said: string; late: boolean };
  /** `said`: what has just been saved; `fault`: what is wrong with a form that belongs to no subscription. */
  preferences: {
    address: string;
    action: string;
    /** The reader's own archive. */
    archiveUrl: string;
    subscriptions: ViewSubscription[];
    offers: ViewOffer[];
    said: string | null;
    fault: string | null;
    /** What is wrong with a new address, and what was typed. */
    addressFault: { text: string; typed: string } | null;
    list?: ViewList;
  };
  /** The owner of a new address is asked, or told. */
  address: {
    address: string;
    outcome: 'ready' | 'changed' | 'taken' | 'expired';
    action: string;
    preferencesUrl: string;
    list?: ViewList;
  };
  /** `structured`: JSON-LD, with `<` escaped. */
  article: { article: ViewArticle; corrections: ViewCorrection[]; structured: string; list: BoxList | null };
  /** A reader's own archive. */
  'my-letters': {
    feedUrl: string;
    letters: { list: string; subject: string; localDate: string; dateWords: string; url: string }[];
    list?: ViewList;
  };
  /** `olderThan`: the date before which the next page of the archive begins, if there is one. */
  archive: {
    list: BoxList;
    issues: { localDate: string; dateWords: string; subject: string; url: string }[];
    olderThan?: string | null;
  };
  issue: {
    list: BoxList;
    localDate: string;
    dateWords: string;
    corrections: ViewCorrection[];
    specials?: ViewEdition[];
  } & ViewEdition;
  /** `hours`: how long the links of the letter are good for. */
  'my-data-asked': { hours: number; back: string; list?: ViewList };
  /** Everything that is held about a reader, in words. */
  'my-data': {
    address: string;
    since: string;
    timeZone: string | null;
    suppressed: boolean;
    subscriptions: {
      name: string;
      state: string;
      sections: string;
      requestedAt: string;
      confirmedAt: string;
      endedAt: string;
    }[];
    consent: { what: string; list: string; at: string; network: string | null; shown: string }[];
    letters: { list: string; date: string; subject: string; state: string }[];
    /** Letters that are in the download only. */
    more: number;
    download: string;
    list?: ViewList;
  };
  erase: { action: string; erased: boolean; list?: ViewList };
  'desk-sign-in': { to: string; refused: boolean };
  'desk-lists': { editor: string; lists: { slug: string; name: string; days: { url: string; words: string }[] }[] };
  desk: DeskView;
  /** `stories` instead of what is not there. */
  error: { status: number; title: string; detail: string; list?: ViewList | BoxList; stories?: ViewStory[] };
}

export type ViewName = keyof ViewData;

export type Localised<V extends ViewName> = ViewData[V] & { locale: Locale };
