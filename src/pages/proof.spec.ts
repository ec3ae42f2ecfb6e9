import { describe, expect, it } from '@jest/globals';
import { createChallenge, verifySolution, type Payload } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';

const solver = './assets/proof.js';
const { solve } = (await import(solver)) as { solve(challenge: object): Promise<string> };

describe('the solver of the box', () => {
  it.each([1, 2, 5])('finds what altcha-lib accepts, at a cost of %i', async (cost) => {
    for (const keyPrefix of ['0', 'a7', '000']) {
      const options = { algorithm: 'SHA-256', cost, keyPrefix, deriveKey, hmacSignatureSecret: 'secret' };
      const proof = await solve(await createChallenge(options));
      const { challenge, solution } = JSON.parse(Buffer.from(proof, 'base64').toString()) as Payload;
      const found = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: 'secret' });
      expect(found.verified).toBe(true);
    }
  });
});
