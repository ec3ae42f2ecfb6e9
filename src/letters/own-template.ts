import { createHash } from 'node:crypto';
import { Liquid, type Template } from 'liquidjs';
import { direction, type Locale } from '../locales/messages.js';
import { SideThread } from '../threads/side-thread.js';
import type { Compiled, Source } from './compile-mjml.js';
import { withMessages, wordsFor, type Direction } from './compile-template.js';

/** Of what MJML makes of a template, in UTF-16 units; a letter's html may have 80,000 bytes. */
const longestHtml = 200_000;

/** A newsroom's template may not run for long, grow without end, or read files. A render blocks the process, so its bound is short. */
const engine = withMessages(
  new Liquid({
    ...{ strictVariables: true, strictFilters: true, ownPropertyOnly: true, outputEscape: 'escape' },
    ...{ parseLimit: longestHtml, renderLimit: 300, memoryLimit: 5_000_000 },
    templates: {}, // what include, render and layout find: nothing
  }),
);

/** Inlining the styles of 600 sections takes a minute: it is not done on the main thread, and not to its end. */
const compileMs = 5_000;
const compiler = new SideThread<Source, Compiled>(
  new URL('./compile-mjml', import.meta.url),
  'compile-mjml',
  compileMs,
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
  const made = compiled.get(key) ?? compile(mjml, towards);
  if (compiled.size >= most) compiled.delete(compiled.keys().next().value!);
  compiled.set(key, made);
  made.catch(() => compiled.delete(key));
  return made;
}

async function compile(mjml: string, towards: Direction): Promise<Template[]> {
  const compiled = await compiler.ask({ mjml, replacements: wordsFor(towards) });
  if (!compiled)
    throw new Error(`it takes more than ${compileMs / 1000} s or 256 MB to compile: use fewer sections and styles`);
  if ('problem' in compiled) throw new Error(compiled.problem);
  if (compiled.html.length > longestHtml)
    throw new Error(`its html has more than ${longestHtml} characters once it is compiled`);
  return engine.parse(compiled.html);
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
