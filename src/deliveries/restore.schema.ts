import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import type { Whereabouts } from './restore-guard.js';

const place = z.object({
  systemIdentifier: z.string(),
  timeline: z.string(),
  databaseOid: z.string(),
  ledgerOid: z.string(),
});

/** Where the ledger lives. */
export const whereaboutsSchema = schemaOf<Whereabouts>()(
  z.object({
    atHome: z.boolean().describe('false: nothing is sent'),
    remembered: place.nullable().describe('the place that was confirmed last; null: none yet'),
    here: place.describe('what the server says now'),
    rewoundAt: z.iso.datetime().nullable().describe('when it was found to be behind what a process had seen of it'),
  }),
);
