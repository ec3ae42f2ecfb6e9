import { z } from 'zod';
import { parseAddress } from '../mail/address.js';

const address = z.string().transform((text, context) => {
  const parsed = parseAddress(text);
  if (parsed.kind === 'address') return parsed.address;
  context.addIssue({
    code: 'custom',
    message: `not a mail address (${parsed.fault}); send one such as desk@example.org`,
  });
  return z.NEVER;
});
export const proof = z.strictObject({
  addresses: z.array(address).min(1).max(20).describe('who gets the proof, and nobody else'),
});

/** What a preview may load: the pictures of this service and the letter's own styles. No script, no form, no frame. */
export const previewPolicy =
  "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; sandbox";

export type Proof = z.output<typeof proof>;
