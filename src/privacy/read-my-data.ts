import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { one } from '../database/sql.js';
import { exportDeliveries, type DeliveryData } from '../deliveries/reader-data.js';
import { Outbox, type PostedLetter } from '../mail/outbox.js';
import { exportReader, type ReaderData } from '../subscribers/reader-data.js';
import type { SuppressionReason } from '../suppressions/suppressions.js';

/** Everything that is held about one person, stage by stage. */
export interface MyData extends ReaderData {
  /** Why no letters go to the address, if they do not. */
  suppression: { reason: SuppressionReason; detail: string; since: Date } | null;
  editions: DeliveryData[];
  /** Confirmations and the like of the last days. */
  otherLetters: PostedLetter[];
}

@Injectable()
export class ReadMyData {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  async run(subscriberId: string): Promise<MyData | undefined> {
    const reader = await exportReader(this.db, subscriberId);
    if (!reader) return undefined;
    const suppression = await one<NonNullable<MyData['suppression']>>(
      this.db,
      `select reason, detail, created_at as since from suppression where address = $1`,
      [reader.address],
    );
    return {
      ...reader,
      suppression: suppression ?? null,
      editions: await exportDeliveries(this.db, subscriberId),
      otherLetters: await this.outbox.lettersTo(this.db, subscriberId),
    };
  }
}
