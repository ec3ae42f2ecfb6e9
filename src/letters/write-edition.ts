import { alsoReported } from '../locales/also-reported.js';
import { longDate } from '../locales/dates.js';
import { message, sectionName, type Locale } from '../locales/messages.js';
import { directionOf, heldApart } from './direction-of.js';
import { encodedSize } from './encoded-size.js';
import { fitStories, htmlLimitBytes, type Room } from './fit-stories.js';
import type { Letter, LetterList } from './letter.js';
import { plainLine, shorten } from './plain-line.js';
import { missingIn, ownRenderer } from './own-template.js';
import { whyLine, type Origin } from './why-line.js';
import { frame, htmlRenderer, linesOf, renderText } from './render-letter.js';

/** Of the 600 of the letter, between its margins. */
const columnPx = 552;

/** An edition as one reader gets it.
 *  @property localDate YYYY-MM-DD
 *  @property stories ranked, the lead first; at least one
 *  @property links.unsubscribe carries the reader's token; the others may
 *  @property nextAt welcome only: when the first morning letter comes, in words such as `moment` gives */
export interface EditionLetter {
  locale: Locale;
  kind: 'morning' | 'special' | 'welcome';
  list: LetterList;
  localDate: string;
  subject: string;
  preheader: string;
  /** The editor's note, one paragraph a line; null: none. */
  deskNote: string | null;
  /** Of stories that the reader had; `url` null: the article is gone. */
  corrections: { title: string; now?: string | null; text: string; url: string | null }[];
  stories: LetterStory[];
  links: { web: string; preferences: string; unsubscribe: string; archive: string };
  nextAt: string | null;
  /** Null: written for no reader in particular. */
  origin: Origin | null;
}

/** @property language of title and standfirst, a BCP 47 tag
 *  @property also the other publishers that carry it
 *  @property update the reader has had it before, and there is more now
 *  @property byModel a model wrote the standfirst
 *  @property minutes to read it, null if that is not known
 *  @property picture shown with the lead only; `src` is absolute, sizes are pixels */
export interface LetterStory {
  title: string;
  standfirst: string;
  section: string;
  publisher: string;
  also?: string[];
  update?: boolean;
  byModel?: boolean;
  minutes: number | null;
  url: string;
  language: string;
  picture: { src: string; alt: string; width: number; height: number; credit?: string | null } | null;
}

/** A list's own html: MJML with Liquid in it. `failed` is told why it could not be used. */
export interface OwnTemplate {
  mjml: string;
  failed: (reason: string) => void;
}

/**
 * Writes an edition, whatever its kind. Its html stays within 80 KB on the wire: the stories that rank lowest shrink to their headline first.
 * A template of the list's own that fails, or that lacks what no letter may be without, gives way to the house's.
 */
export async function writeEdition(data: EditionLetter, own: OwnTemplate | null = null): Promise<Letter> {
  const { locale } = data;
  const stories = data.stories.map((story) => viewOf(story, locale));
  const outside = {
    ...frameOf(data),
    kind: data.kind,
    nextAt: data.nextAt,
    webUrl: data.links.web,
    deskNote: noteOf(data),
    corrections: data.corrections.map(correctionOf),
  };
  const fill = (render: (data: object) => string) =>
    fitStories(stories.length, (room) => render({ ...outside, ...seat(stories, room) }));
  const html = (own && (await writeOwn(own, data, fill))) ?? fill(await htmlRenderer('edition', locale));
  const text = await renderText('edition', { ...outside, everything: stories });
  return { subject: outside.subject, preheader: outside.preheader, html, text, locale };
}

async function writeOwn(
  { mjml, failed }: OwnTemplate,
  { locale, links, stories, list }: EditionLetter,
  fill: (render: (data: object) => string) => string,
): Promise<string | null> {
  try {
    const html = fill(await ownRenderer(mjml, locale));
    const address = linesOf(list.postalAddress);
    const missing = tooLarge(html) ?? missingIn(html, { ...links, address, lead: stories[0]!.url });
    if (missing === null) return html;
    failed(missing);
  } catch (error) {
    failed(Error.isError(error) ? error.message.slice(0, 500) : 'it could not be rendered');
  }
  return null;
}

function tooLarge(html: string): string | null {
  const { bytes } = encodedSize(html);
  return bytes > htmlLimitBytes ? `it makes ${bytes} bytes of html, more than ${htmlLimitBytes} bytes` : null;
}

function correctionOf({ title, now, text, url }: EditionLetter['corrections'][number]) {
  return {
    title: shorten(plainLine(title), 300),
    now: now ? shorten(plainLine(now), 300) : null,
    text: shorten(plainLine(text), 600),
    url,
    dir: directionOf(title + text),
  };
}

/** Its paragraphs, and which way they run. */
function noteOf({ deskNote }: EditionLetter) {
  const paragraphs = (deskNote ?? '').split('\n').map(plainLine).filter(Boolean);
  return paragraphs.length === 0 ? null : { paragraphs, dir: directionOf(paragraphs.join(' ')) };
}

type StoryView = ReturnType<typeof viewOf>;

/** Bounds are generous: the words are the newsroom's, but nothing that a feed may contain can fill the letter. */
function viewOf(story: LetterStory, locale: Locale) {
  return {
    title: shorten(plainLine(story.title), 300),
    lang: story.language,
    dir: directionOf(story.title + story.standfirst),
    standfirst: shorten(plainLine(story.standfirst), 400),
    section: labelOf(story, locale),
    meta: metaOf(story, locale),
    also: alsoReported(
      locale,
      (story.also ?? []).map((name) => shorten(plainLine(name), 80)),
    ),
    url: story.url,
    picture: story.picture && pictureOf(story.picture),
  };
}

/** "Middle East", or "Middle East · Update". */
function labelOf(story: LetterStory, locale: Locale): string {
  const section = shorten(plainLine(sectionName(locale, story.section)), 60);
  return story.update ? `${section} · ${message(locale, 'letter.update')}` : section;
}

/** "The Paper · 4 min read" */
function metaOf(story: LetterStory, locale: Locale): string {
  const publisher = heldApart(locale, shorten(plainLine(story.publisher), 80));
  const minutes = story.minutes === null ? '' : message(locale, 'letter.minutes', { minutes: story.minutes });
  const author = story.byModel ? message(locale, 'letter.byModel') : '';
  return [publisher, minutes, author].filter(Boolean).join(' · ');
}

/** As wide as the column, unless that makes it larger than it is, or taller than the column is wide. */
function pictureOf({ src, alt, width, height, credit }: NonNullable<LetterStory['picture']>) {
  const shown = Math.floor(Math.min(columnPx, width, (columnPx * width) / height));
  return { src, width: shown, alt: shorten(plainLine(alt), 250), credit: shorten(plainLine(credit ?? ''), 120) };
}

function seat([lead, ...others]: StoryView[], { full, brief }: Room) {
  return {
    lead,
    stories: others.slice(0, full - 1),
    briefs: others.slice(full - 1, full - 1 + brief),
    left: Math.max(0, others.length - (full - 1) - brief),
  };
}

function frameOf(data: EditionLetter) {
  const { locale, list, links } = data;
  const say = (key: string, values = {}) => message(locale, `letter.${key}`, { list: list.name, ...values });
  return {
    ...frame({
      ...data,
      why: whyLine(locale, list.name, data.origin),
      links: [
        { label: say('web'), url: links.web },
        { label: say('archive'), url: links.archive },
        { label: say('preferences'), url: links.preferences },
        { label: say('unsubscribe'), url: links.unsubscribe },
      ],
    }),
    readOn: say('readOn'),
    date: longDate(locale, data.localDate),
    note: data.kind === 'special' ? say('specialEdition') : say('stories', { count: data.stories.length }),
  };
}
