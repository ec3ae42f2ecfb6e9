import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import type { ProofResult } from './send-proof.js';

const result = schemaOf<ProofResult>()(
  z.object({ address: z.string(), accepted: z.boolean(), reply: z.string().describe('the relay’s word, or ours') }),
);

/** What became of a letter that was mailed to given addresses only. */
export const proofSchema = z.object({ results: z.array(result) });

export type ProofView = z.output<typeof proofSchema>;
