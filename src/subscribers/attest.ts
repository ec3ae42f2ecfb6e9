import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { one } from '../database/sql.js';
import { scheduleFor } from '../lists/schedules.js';
import type { ScheduleChoice } from '../lists/stored-schedule.js';
import type { List } from '../lists/list.entity.js';
import type { Locale } from '../locales/messages.js';
import type { Attestation } from './consent-input.js';
import { recordConsent } from './consent.js';
import { dateHad } from './subscription.js';

export interface AttestedReader {
  address: string;
  list: List;
  locale: Locale;
  timeZone: string | null;
  schedule: ScheduleChoice;
  sections: string[] | null;
}

/**
 * Subscribes somebody on an admin's word. Kept as a consent event. It lifts no suppression, overrules no reader who has left since, and it is no reader's own
 * confirmation: no welcome goes out, the first letter is the next morning's.
 */
@Injectable()
export class Attest {
  constructor(private readonly db: DataSource) {}

  /** @returns `left since` where the reader left after the consent that is attested: their own word is the later one */
  run(reader: AttestedReader, { source, at, keyId, statedAt: now }: Attestation): Promise<'subscribed' | 'left since'> {
    const { address, list, locale, timeZone, schedule, sections } = reader;
    return this.db.transaction(async (tx) => {
      const subscriber = await one<{ id: string }>(
        tx,
        `insert into subscriber (address, locale, time_zone, created_at) values ($1, $2, $3, $4)
         on conflict (address) do update set address = excluded.address returning id`,
        [address, locale, timeZone, now],
      );
      const activated = await one<{ id: string }>(
        tx,
        `insert into subscription as s (subscriber_id, list_id, schedule_id, state, sections, requested_at, confirmed_at, morning_from, consent_at, consent_source)
         values ($1, $2, $3, 'active', $4, $5, $5, $5, $6, $7)
         on conflict (subscriber_id, list_id) do update
           set state = 'active', confirmed_at = $5, morning_from = $5, sections = $4, ended_at = null, consent_at = $6, consent_source = $7,
               schedule_id = $3, previous_schedule_id = null, previous_after = null,
               previous_date = ${dateHad}
         where s.state = 'pending' or (s.state = 'ended' and s.ended_at < $6)
         returning id`,
        [subscriber!.id, list.id, await scheduleFor(tx, list.id, schedule, now), sections, now, at, source],
      );
      const detail = { source, consentAt: at.toString(), key: keyId };
      const event = {
        kind: 'attested',
        subscriberId: subscriber!.id,
        listId: list.id,
        evidence: { network: null, shown: 'admin API' },
        detail,
      } as const;
      if (activated) await recordConsent(tx, event, now);
      const left = await one(
        tx,
        `select 1 from subscription where subscriber_id = $1 and list_id = $2 and state = 'ended'`,
        [subscriber!.id, list.id],
      );
      return left ? 'left since' : 'subscribed';
    });
  }
}
