import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import { tooMany } from '../api/problem.js';
import type { ProofMailed, ProofResult } from './send-proof.js';

const result = schemaOf<ProofResult>()(
  z.object({ address: z.string(), accepted: z.boolean(), reply: z.string().describe('the relay’s word, or ours') }),
);

/** What became of a letter that was mailed to given addresses only. */
export const proofSchema = z.object({ results: z.array(result) });

/** @throws {Problem} 429 where the key has mailed its proofs of this hour */
export function proofView(mailed: ProofMailed): ProofView {
  if (mailed.kind === 'sent') return { results: mailed.results };
  throw tooMany('This key has mailed very many proofs in the last hour.', mailed.seconds);
}

export type ProofView = z.output<typeof proofSchema>;
