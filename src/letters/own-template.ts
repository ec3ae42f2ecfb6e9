import { createHash } from 'node:crypto';
import { Liquid, type Template } from 'liquidjs';
import { direction, type Locale } from '../locales/messages.js';
import { compileMjml, withMessages, wordsFor, type Direction } from './compile-template.js';

/** A newsroom's template may not run for long, grow without end, or read files. A render blocks the process, so its bound is short. */
const engine = withMessages(
  new Liquid({
    ...{ strictVariables: true, strictFilters: true, ownPropertyOnly: true, outputEscape: 'escape' },
    ...{ parseLimit: 200_000, renderLimit: 300, memoryLimit: 5_000_000 },
    templates: {}, // what include, render and layout find: nothing
  }),
);

const most = 40;
const compiled = new Map<string, Promise<Template[]>>();

/**
 * A function from an edition's data to html, by a list's own MJML with Liquid in it.
 * @throws {Error} in words for whoever wrote it: what MJML or Liquid finds wrong
 */
export async function ownRenderer(mjml: string, locale: Locale): Promise<(data: object) => string> {
  const template = await compiledOnce(mjml, direction(locale));
  return (data) => engine.renderSync(template, data) as string;
}

function compiledOnce(mjml: string, towards: Direction): Promise<Template[]> {
  const key = `${towards} ${createHash('sha256').update(mjml).digest('base64url')}`;
  const made = compiled.get(key) ?? compileMjml(mjml, wordsFor(towards), 'none').then((html) => engine.parse(html));
  if (compiled.size >= most) compiled.delete(compiled.keys().next().value!);
  compiled.set(key, made);
  made.catch(() => compiled.delete(key));
  return made;
}

/** What no letter may be without, whoever designed it. */
export interface Required {
  unsubscribe: string;
  preferences: string;
  address: string[];
  lead: string;
}

/** What is missing in a letter, or null. */
export function missingIn(html: string, { unsubscribe, preferences, address, lead }: Required): string | null {
  const has = (url: string) =>
    html.includes(`href="${url.replaceAll('&', '&amp;')}"`) || html.includes(`href="${url}"`);
  if (!has(unsubscribe)) return 'it has no link to unsubscribe: put in the links of foot.links';
  if (!has(preferences)) return 'it has no link to the preferences: put in the links of foot.links';
  if (!has(lead)) return 'it does not link the lead: put in lead.url';
  const line = address.find((one) => !html.includes(escaped(one)));
  return line === undefined ? null : 'it lacks the postal address: put in the lines of foot.address';
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;');
