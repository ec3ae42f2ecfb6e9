import type { Locale } from '../locales/messages.js';
import type { Letter, LetterList } from './letter.js';
import { frame, htmlRenderer, renderText, type FootLink } from './render-letter.js';

/** A letter that says one thing and has one button. The texts are whole sentences in the reader's language. */
export interface Notice {
  locale: Locale;
  list: LetterList;
  subject: string;
  preheader: string;
  title: string;
  lines: string[];
  /** `fallback` stands above the button's address, written out for those whose mail program shows no buttons. */
  button: { label: string; url: string; fallback: string | null };
  smallprint: string[];
  why: string;
  links: FootLink[];
}

export async function writeNotice(notice: Notice): Promise<Letter> {
  const { title, lines, button, smallprint } = notice;
  const data = { ...frame(notice), title, lines, button, smallprint };
  const html = (await htmlRenderer('notice', notice.locale))(data);
  const text = await renderText('notice', data);
  return { subject: data.subject, preheader: data.preheader, html, text, locale: notice.locale };
}
