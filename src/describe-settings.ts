import type { z } from 'zod';
import { environment } from './environment.js';

const introduction = `# Settings

<!-- Written by \`npm run docs\` from src/environment.ts. Do not edit. -->

All settings are environment variables. The service checks them when it starts. If one is wrong, the service stops and
prints what it found and what it expects. On a laptop none is needed. [PRODUCTION.md](PRODUCTION.md) lists those that a
production server needs.
`;

/** The page docs/SETTINGS.md, written from the schema that the service checks at its start: the two cannot differ. */
export function describeSettings(): string {
  const rows = Object.entries(environment.shape).map(
    ([name, schema]) => `| \`${name}\` | ${schema.description} | ${defaultOf(schema)} |`,
  );
  return [introduction, '| variable | what it sets | default |', '|---|---|---|', ...rows, ''].join('\n');
}

function defaultOf(schema: z.ZodType): string {
  const parsed = schema.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return '';
  const value = Array.isArray(parsed.data) ? parsed.data.join(',') : JSON.stringify(parsed.data).replaceAll('"', '');
  return value === '' ? '' : `\`${value}\``;
}
