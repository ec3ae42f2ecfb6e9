import type { z } from 'zod';
import { environment } from './environment.js';

/** The table of settings in README: written from the schema that the service checks at boot, so that it cannot lag behind. */
export function describeSettings(): string {
  const rows = Object.entries(environment.shape).map(
    ([name, schema]) => `| \`${name}\` | ${schema.description} | ${defaultOf(schema)} |`,
  );
  return ['| variable | what it sets | default |', '|---|---|---|', ...rows].join('\n');
}

function defaultOf(schema: z.ZodType): string {
  const parsed = schema.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return '';
  const value = Array.isArray(parsed.data) ? parsed.data.join(',') : JSON.stringify(parsed.data).replaceAll('"', '');
  return value === '' ? '' : `\`${value}\``;
}
