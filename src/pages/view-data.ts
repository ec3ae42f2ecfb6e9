import type { Locale } from '../locales/messages.js';
import type { ClosedIssueView, DeskView } from './desk-view.js';
import type {
  BoxList,
  BoxValue,
  ViewArticle,
  ViewCorrection,
  ViewEdition,
  ViewList,
  ViewMailbox,
  ViewOffer,
  ViewStory,
  ViewSubscription,
} from './view-parts.js';

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
    /** An issue that went out to somebody; `url` is its web copy. */
    latest: ({ localDate: string; special: boolean; locale: string; url: string } & ViewEdition) | null;
  };
  /** The answer to every sign-up, byte for byte the same whatever is known of the address. */
  subscribed: {
    list: ViewList;
    /** How the letter can be recognised, whichever it is: its subject names the list. */
    sender: ViewMailbox;
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
  /** Of a link of ours whose subscription is gone. */
  'no-subscription': { list: null; homeUrl: string };
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
    /** A new address that was typed, and what is wrong with it. */
    email: string;
    addressFault: string | null;
    /** What the field of the language shows. */
    chosenLocale: string;
    /** Something in the fields is not saved. */
    unsaved: boolean;
    list?: ViewList;
  };
  /** The owner of a new address is asked, or told. */
  address: {
    address: string;
    outcome: 'ready' | 'changed' | 'taken' | 'expired';
    /** What comes to the new address, and when. */
    next: { list: string; at: string }[];
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
  'desk-closed': ClosedIssueView;
  /** `stories` instead of what is not there. */
  error: { status: number; title: string; detail: string; list?: ViewList | BoxList; stories?: ViewStory[] };
}

export type ViewName = keyof ViewData;

export type Localised<V extends ViewName> = ViewData[V] & { locale: Locale };
