import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Liquid, type Template } from 'liquidjs';
import { message, type Locale } from '../locales/messages.js';
import { house } from './brand.js';

export type TemplateName = 'edition' | 'notice';
export type Direction = 'ltr' | 'rtl';

/** Words in a template that begin with @, by direction. A letter from right to left needs other sides, other faces, and no letter-spacing, which would tear joined letters apart. */
const words: Record<Direction, Record<string, string>> = {
  ltr: {
    dir: 'ltr',
    start: 'left',
    end: 'right',
    serif: "Georgia,'Times New Roman',serif",
    sans: "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
    tracking: '0.08em',
    tight: '-0.01em',
    slanted: 'italic',
    loose: '1.6',
    snug: '1.2',
    small: '13px',
    plain: '15px',
  },
  rtl: {
    dir: 'rtl',
    start: 'right',
    end: 'left',
    serif: "'Geeza Pro','Noto Naskh Arabic','Times New Roman',serif",
    sans: "'Geeza Pro','Noto Sans Arabic','Segoe UI',Tahoma,Arial,sans-serif",
    tracking: '0',
    tight: '0',
    slanted: 'normal',
    loose: '1.8',
    snug: '1.4',
    small: '16px',
    plain: '16px',
  },
};

const rules = { strictVariables: true, strictFilters: true, ownPropertyOnly: true } as const;
/** Liquid does not escape by itself; what goes into html must be. */
export const htmlEngine = withMessages(new Liquid({ ...rules, outputEscape: 'escape' }));
export const textEngine = withMessages(new Liquid(rules));

const compiled = new Map<string, Promise<Template[]>>();

/** MJML takes 30–60 ms, so it runs once a process for each template and direction; what it makes is a Liquid template itself. */
export function htmlTemplate(name: TemplateName, direction: Direction): Promise<Template[]> {
  return once(`${name} ${direction}`, async () => {
    const source = await readFile(pathOf(`${name}.mjml`), 'utf8');
    return htmlEngine.parse(await compileMjml(source, words[direction], 'ours'));
  });
}

export function textTemplate(name: TemplateName): Promise<Template[]> {
  return once(name, async () => textEngine.parse(await readFile(pathOf(`${name}.text.liquid`), 'utf8')));
}

/** Does the slow part ahead of the first letter: loading mjml takes a second or more. */
export async function warmTemplates(): Promise<void> {
  await htmlTemplate('notice', 'ltr');
  await htmlTemplate('edition', 'ltr');
}

function once(key: string, make: () => Promise<Template[]>): Promise<Template[]> {
  const made = compiled.get(key) ?? make();
  compiled.set(key, made);
  made.catch(() => compiled.delete(key)); // the next letter tries again
  return made;
}

export const wordsFor = (direction: Direction): Record<string, string> => words[direction];

/**
 * MJML → html with Liquid in it.
 * @param includes what mj-include may read
 * @throws {Error} with MJML's own findings when a template is not valid
 */
export async function compileMjml(
  source: string,
  replacements: Record<string, string>,
  includes: 'ours' | 'none',
): Promise<string> {
  const { default: mjml2html } = await import('mjml'); // 60 MB, and a process that writes no letters needs none of it
  const { html } = await mjml2html(source, {
    filePath: pathOf(''),
    ignoreIncludes: includes === 'none',
    validationLevel: 'strict',
    keepComments: false,
    fonts: {},
    juiceOptions: { applyWidthAttributes: false, applyHeightAttributes: false }, // it would write height="auto"
    preprocessors: [(xml) => xml.replaceAll(/@([a-z]+)\b/g, (word, key: string) => replacements[key] ?? word)],
  });
  return withColours(html)
    .replaceAll(/\n\s+/g, '\n')
    .replaceAll(/ style="[^"]*"/g, (style) => style.replaceAll(/([:;]) /g, '$1'));
}

/** The house's colours become the list's: MJML could not read them as anything but colours. */
const withColours = (html: string): string =>
  html.replaceAll(house.accent, '{{ colours.accent }}').replaceAll(house.accentDark, '{{ colours.accentDark }}');

/** `{{ 'letter.whyOnce' | t: list: name }}` is the message in the letter's own language. */
export function withMessages(engine: Liquid): Liquid {
  engine.registerFilter('t', function (key: string, ...values: [string, string | number][]) {
    return message(this.context.getSync(['locale']) as Locale, key, Object.fromEntries(values));
  });
  return engine;
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(`./templates/${file}`, import.meta.url));
}
