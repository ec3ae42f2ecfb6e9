import { readFile } from 'node:fs/promises';
import { Liquid, type Template } from 'liquidjs';
import { message, type Locale } from '../locales/messages.js';
import { compileMjml, templates } from './compile-mjml.js';

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
    const source = await readFile(`${templates}${name}.mjml`, 'utf8');
    return htmlEngine.parse(await compileMjml(source, words[direction], 'ours'));
  });
}

export function textTemplate(name: TemplateName): Promise<Template[]> {
  return once(name, async () => textEngine.parse(await readFile(`${templates}${name}.text.liquid`, 'utf8')));
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

/** `{{ 'letter.whyOnce' | t: list: name }}` is the message in the letter's own language. */
export function withMessages(engine: Liquid): Liquid {
  engine.registerFilter('t', function (key: string, ...values: [string, string | number][]) {
    return message(this.context.getSync(['locale']) as Locale, key, Object.fromEntries(values));
  });
  return engine;
}
