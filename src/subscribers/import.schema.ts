import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import { lineFates, type ImportReport } from './import-readers.js';

const counts = z
  .partialRecord(z.enum(lineFates), z.int())
  .describe('lines by what became of them; a fate of none is absent');

/** An import that was made. */
export const importSchema = z.object({
  id: z.string(),
  list: z.string().describe('slug of the list'),
  counts,
  consent: z
    .object({ source: z.string(), at: z.iso.datetime() })
    .nullable()
    .describe('the attestation; null: each reader was asked'),
  createdAt: z.iso.datetime(),
});

/** What became of each line of an import, or would become of it. */
export const importReportSchema = schemaOf<ImportReport & { id: string | null; dryRun: boolean }>()(
  z.object({
    id: z.string().nullable().describe('null: a dry run'),
    dryRun: z.boolean(),
    counts,
    refused: z.array(z.object({ index: z.int().describe('counts from 0'), detail: z.string() })),
  }),
);
