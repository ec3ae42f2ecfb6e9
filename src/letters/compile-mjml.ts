import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { house } from './brand.js';

// Also the module of a thread (see threads/side-thread.ts), for templates that come from outside.

/** The folder of the house's templates, with a slash at its end. */
export const templates = fileURLToPath(new URL('./templates/', import.meta.url));

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
    filePath: templates,
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

export interface Source {
  mjml: string;
  replacements: Record<string, string>;
}

export type Compiled = { html: string } | { problem: string };

/** MJML names the file that it believes to read: a path of this server, and nothing that the author knows. */
const withoutPaths = (finding: string): string =>
  finding
    .replaceAll(templates, '')
    .replace(/ of (?=\()/g, ' ')
    .replace(/(?:\/[\w.@-]+){2,}\/?/g, '…');

async function compileForeign({ mjml, replacements }: Source): Promise<Compiled> {
  try {
    return { html: await compileMjml(mjml, replacements, 'none') };
  } catch (error) {
    return { problem: withoutPaths(error instanceof Error ? error.message : 'it cannot be compiled') };
  }
}

if (parentPort && (workerData as { task?: string } | null)?.task === 'compile-mjml') {
  const port = parentPort;
  port.on('message', ({ id, value }: { id: number; value: Source }) => {
    void compileForeign(value).then((compiled) => port.postMessage({ id, value: compiled }));
  });
}
