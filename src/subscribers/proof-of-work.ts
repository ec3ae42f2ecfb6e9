import { Inject, Injectable } from '@nestjs/common';
import { createChallenge, verifySolution, type Challenge, type Payload } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Tokens } from '../tokens/tokens.js';

const goodForSeconds = 20 * 60;
/** Four hex digits: 65,536 tries on average, each of four hashes; half a second in a browser. */
const difficulty = { cost: 4, keyPrefix: '0000' };

/**
 * Work that the browser of a reader does before a sign-up (ALTCHA, no third party), where PROOF_OF_WORK is on. A browser without JavaScript
 * does none and is not refused: its posts cost more (sign-up-caps.ts). By this machine's clock, for it says nothing about readers.
 */
@Injectable()
export class ProofOfWork {
  private readonly used: RateLimiterPostgres;
  private readonly secret: string;
  readonly isOn: boolean;

  constructor(db: DataSource, tokens: Tokens, @Inject(CONFIG) config: Readonly<Config>) {
    this.isOn = config.PROOF_OF_WORK === 'on';
    this.secret = tokens.sign('proof', 'challenge');
    this.used = new RateLimiterPostgres({
      ...{ storeClient: db, storeType: 'typeorm', tableName: 'sign_up_count', tableCreated: true },
      ...{ keyPrefix: 'proof', points: 1, duration: goodForSeconds, clearExpiredByTimeout: false },
    });
  }

  challenge(): Promise<Challenge> {
    return createChallenge({
      ...difficulty,
      algorithm: 'SHA-256',
      deriveKey,
      expiresAt: Math.floor(Date.now() / 1000) + goodForSeconds,
      hmacSignatureSecret: this.secret,
    });
  }

  /** Whether this is a solution of a challenge of ours, brought for the first time. */
  async isSolved(proof: string): Promise<boolean> {
    const payload = readPayload(proof);
    if (!payload) return false;
    const { challenge, solution } = payload;
    try {
      const { verified } = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: this.secret });
      return verified && (await this.isFirst(challenge.parameters.nonce));
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError) return false; // not even the shape of one
      throw error;
    }
  }

  private async isFirst(nonce: string): Promise<boolean> {
    try {
      await this.used.consume(nonce);
      return true;
    } catch (error) {
      if (error instanceof RateLimiterRes) return false;
      throw error;
    }
  }
}

function readPayload(proof: string): Payload | undefined {
  try {
    const payload = JSON.parse(Buffer.from(proof.slice(0, 2000), 'base64').toString()) as Partial<Payload> | null;
    return payload?.challenge?.parameters && payload.solution ? (payload as Payload) : undefined;
  } catch {
    return undefined;
  }
}
