import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { readEdition } from '../editions/read-edition.js';
import { Limits, type LimitOf } from '../limits/limits.js';
import { domainOf } from '../mail/address.js';
import { buildRaw } from '../mail/build-raw.js';
import { Channels } from '../mail/channels.js';
import { messageId } from '../mail/message-id.js';
import { wasAccepted } from '../mail/smtp-outcome.js';
import { WriteEditionLetter, type AddressedLetter } from './write-edition-letter.js';

export interface ProofResult {
  address: string;
  accepted: boolean;
  reply: string;
}

export type ProofMailed = { kind: 'sent'; results: ProofResult[] } | { kind: 'too many'; seconds: number };
export type ProofSent = ProofMailed | { kind: 'unknown' } | { kind: 'not composed' };

/** Letters of proofs for each key: enough for a newsroom, too few for a stranger with its key. */
const proofs: LimitOf = { name: 'proof', most: 100, seconds: 3600 };

/** Shows an edition before it goes out: the public copy, as a page or as a letter to given addresses only. Writes nothing to the ledger. */
@Injectable()
export class SendProof {
  constructor(
    private readonly db: DataSource,
    private readonly writeLetter: WriteEditionLetter,
    private readonly channels: Channels,
    private readonly limits: Limits,
  ) {}

  async run(editionId: string, addresses: string[], keyId: string, now: Instant): Promise<ProofSent> {
    const written = await this.write(editionId);
    if (typeof written === 'string') return { kind: written };
    return this.mail(written, addresses, keyId, now);
  }

  /** Mails a letter, marked as a proof, to each address once. A key may mail 100 such letters an hour. */
  async mail(written: AddressedLetter, addresses: string[], keyId: string, now: Instant): Promise<ProofMailed> {
    const each = [...new Set(addresses)];
    const seconds = await this.limits.take(proofs, keyId, each.length);
    if (seconds > 0) return { kind: 'too many', seconds };
    const sending = each.map((address) => this.send(written, address, `proof-${randomUUID()}`, now));
    return { kind: 'sent', results: await Promise.all(sending) };
  }

  /** The letter of the public copy, with links that change nothing. */
  async write(editionId: string): Promise<AddressedLetter | 'unknown' | 'not composed'> {
    const edition = await readEdition(this.db, editionId);
    if (!edition) return 'unknown';
    if (!edition.publicVariantId) return 'not composed';
    return this.writeLetter.run(edition, edition.publicVariantId, null);
  }

  private async send({ from, letter }: AddressedLetter, to: string, id: string, now: Instant): Promise<ProofResult> {
    const subject = `[proof] ${letter.subject}`;
    const headers = { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.locale };
    const raw = await buildRaw({
      ...letter,
      subject,
      from,
      to,
      messageId: messageId(domainOf(from.address), id),
      headers,
      date: new Date(now.epochMilliseconds),
    });
    const outcome = await this.channels.send({ from: from.address, to }, raw);
    const reply = outcome.kind === 'reply' ? outcome.text : 'detail' in outcome ? outcome.detail : outcome.kind;
    return { address: to, accepted: wasAccepted(outcome), reply };
  }
}
