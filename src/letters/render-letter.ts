import { direction, type Locale } from '../locales/messages.js';
import { htmlEngine, htmlTemplate, textEngine, textTemplate, type TemplateName } from './compile-template.js';
import { coloursOf, plain, type Brand, type Colours } from './brand.js';
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
  colours: Colours;
  list: { name: string; tagline: string; homeUrl: string; logo: { src: string; width: number; height: number } | null };
  /** Between the rules under the name: the day, and what the letter is; no rules without a day. */
  date: string | null;
  note: string;
  foot: { why: string; links: FootLink[]; words: string[]; address: string[] };
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
  const { name, tagline, homeUrl, postalAddress, brand = plain } = list;
  return {
    locale,
    arrow: direction(locale) === 'rtl' ? '←' : '→',
    subject: plainLine(subject),
    preheader: plainLine(preheader),
    colours: coloursOf(brand),
    list: { name: plainLine(name), tagline: plainLine(tagline), homeUrl, logo: logoOf(brand, homeUrl) },
    date: null,
    note: '',
    foot: {
      why,
      links,
      words: linesOf(brand.footer),
      address: linesOf(postalAddress),
    },
  };
}

/** The lines of a text for people, clean. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r\n?|\n/)
    .map(plainLine)
    .filter(Boolean);

/** Pictures of a letter need whole addresses. */
const logoOf = ({ logo }: Brand, homeUrl: string) => logo && { ...logo, src: new URL(logo.path, homeUrl).href };

/** A function from a template's data to html. To have it may take a moment the first time, to call it does not. */
export async function htmlRenderer(name: TemplateName, locale: Locale): Promise<(data: object) => string> {
  const template = await htmlTemplate(name, direction(locale));
  return (data) => htmlEngine.renderSync(template, data) as string;
}

export async function renderText(name: TemplateName, data: object): Promise<string> {
  const text = textEngine.renderSync(await textTemplate(name), data) as string;
  return wrapText(text, textColumns);
}
