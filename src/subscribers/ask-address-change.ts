import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { mailboxKey } from '../mail/mailbox-key.js';
import { Outbox } from '../mail/outbox.js';
import { countLetters } from './count-letters.js';

/**
 * A reader wants their letters at another address. A letter goes there, and nothing changes until its button is pressed. Whoever asks learns nothing of
 * the other address; over the caps on letters to one mailbox no letter goes, and the answer is the same.
 */
@Injectable()
export class AskAddressChange {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** @param address normalised */
  run(subscriberId: string, address: string, now: Instant): Promise<void> {
    return this.db.transaction(async (tx) => {
      if (!(await this.mayAsk(tx, subscriberId, address, now)) || !(await this.mayWrite(tx, address, now))) return;
      const asked = await one<{ id: string }>(
        tx,
        `insert into address_change (subscriber_id, old_address, new_address, requested_at)
         select id, address, $2, $3 from subscriber where id = $1 returning id`,
        [subscriberId, address, now],
      );
      await this.outbox.post(tx, 'address', { change: asked!.id, subscriber: subscriberId }, now);
    });
  }

  /** The reader's row, locked, makes two posts at once come one after the other. */
  private async mayAsk(tx: Db, subscriberId: string, address: string, now: Instant): Promise<boolean> {
    const found = await one(tx, `select 1 from subscriber where id = $1 and address <> $2 for update`, [
      subscriberId,
      address,
    ]);
    const free = await one(
      tx,
      `select 1 where (select count(*) from address_change where subscriber_id = $1 and requested_at > $3) < $4
          and not exists (select 1 from suppression where address = $2 and reason <> 'bounce')`,
      [subscriberId, address, now.subtract({ hours: 24 }), this.config.CONFIRMATIONS_PER_DAY],
    );
    return found !== undefined && free !== undefined;
  }

  private async mayWrite(tx: Db, address: string, now: Instant): Promise<boolean> {
    const mark = randomInt(2 ** 47);
    const counted = await one<{ letter_for: string | null }>(tx, countOne, [
      ...[mailboxKey(address), mark, now, this.config.CONFIRMATIONS_PER_DAY],
      now.subtract({ seconds: this.config.CONFIRMATION_PAUSE }),
      now.subtract({ hours: 24 }),
    ]);
    return counted?.letter_for === String(mark);
  }
}

const countOne = countLetters('(select $1::text as mailbox, $2::bigint as mark, true as "mayWrite") request', {
  ...{ now: '$3', perDay: '$4', pausedSince: '$5', aDayAgo: '$6' },
});
