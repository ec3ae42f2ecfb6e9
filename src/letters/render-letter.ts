import { direction, type Locale } from '../locales/messages.js';
import { htmlEngine, htmlTemplate, textEngine, textTemplate, type TemplateName } from './compile-template.js';
import type { LetterList } from './letter.js';
import { plainLine } from './plain-line.js';
import { wrapText } from './wrap-text.js';

const textColumns = 74;

/** What masthead, preheader and foot of every letter are filled with. */
export interface Frame {
  locale: Locale;
  arrow: string;
  subject: string;
  preheader: string;
  list: { name: string; tagline: string; homeUrl: string };
  /** Between the rules under the name: the day, and what the letter is; no rules without a day. */
  date: string | null;
  note: string;
  foot: { why: string; links: FootLink[]; address: string[] };
}

export interface FootLink {
  label: string;
  url: string;
}

export type FrameOf = Pick<Frame, 'locale' | 'subject' | 'preheader'> & {
  list: LetterList;
  why: string;
  links: FootLink[];
};

export function frame({ locale, subject, preheader, list, why, links }: FrameOf): Frame {
  const { name, tagline, homeUrl, postalAddress } = list;
  return {
    locale,
    arrow: direction(locale) === 'rtl' ? '←' : '→',
    subject: plainLine(subject),
    preheader: plainLine(preheader),
    list: { name: plainLine(name), tagline: plainLine(tagline), homeUrl },
    date: null,
    note: '',
    foot: {
      why,
      links,
      address: postalAddress
        .split(/\r\n?|\n/)
        .map(plainLine)
        .filter(Boolean),
    },
  };
}

/** A function from a template's data to html. To have it may take a moment the first time, to call it does not. */
export async function htmlRenderer(name: TemplateName, locale: Locale): Promise<(data: object) => string> {
  const template = await htmlTemplate(name, direction(locale));
  return (data) => htmlEngine.renderSync(template, data) as string;
}

export async function renderText(name: TemplateName, data: object): Promise<string> {
  const text = textEngine.renderSync(await textTemplate(name), data) as string;
  return wrapText(text, textColumns);
}
