import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { Outbox } from '../mail/outbox.js';

/**
 * A reader wants their letters at another address. A letter goes there, and nothing changes until its button is pressed. Whoever asks learns nothing of
 * the other address; over the caps on letters to one address no letter goes, and the answer is the same.
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
      // The reader's row, locked, makes two posts at once come one after the other.
      await sql(tx, `select 1 from subscriber where id = $1 for update`, [subscriberId]);
      const asked = await one<{ id: string }>(
        tx,
        `insert into address_change (subscriber_id, old_address, new_address, requested_at)
         select id, address, $2, $3 from subscriber r
          where id = $1 and address <> $2
            and (select count(*) from address_change c where (c.subscriber_id = r.id or c.new_address = $2) and c.requested_at > $4) < $5
            and not exists (select 1 from address_change c where c.new_address = $2 and c.requested_at > $6)
            and not exists (select 1 from suppression x where x.address = $2 and x.reason <> 'bounce')
         returning id`,
        [
          ...[subscriberId, address, now, now.subtract({ hours: 24 }), this.config.CONFIRMATIONS_PER_DAY],
          now.subtract({ seconds: this.config.CONFIRMATION_PAUSE }),
        ],
      );
      if (asked) await this.outbox.post(tx, 'address', { change: asked.id, subscriber: subscriberId }, now);
    });
  }
}
