import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { prepared } from '../database/sql.js';
import type { List } from '../lists/list.entity.js';
import { ScheduleIds } from '../lists/schedule-ids.js';
import type { ScheduleChoice } from '../lists/stored-schedule.js';
import type { Locale } from '../locales/messages.js';
import { mailboxKey } from '../mail/mailbox-key.js';
import { Outbox } from '../mail/outbox.js';
import type { Evidence } from './consent.js';
import { Groups } from './groups.js';
import { takeSignUps } from './take-sign-ups.js';

/** A request to be subscribed; the address is normalised. */
export interface SignUpRequest {
  address: string;
  list: Pick<List, 'id'>;
  locale: Locale;
  /** The reader's zone, as far as we know it. */
  timeZone: string | null;
  /** When they want their letters. */
  schedule: ScheduleChoice;
  /** Null: every section. */
  sections: string[] | null;
  evidence: Evidence;
  /** False: the caps of its mail domain are reached, no letter goes there. */
  mayWrite: boolean;
}

type Post = Omit<SignUpRequest, 'list' | 'schedule'> & {
  mailbox: string;
  listId: string;
  scheduleId: string;
  mark: number;
  now: Instant;
};

/**
 * Takes a sign-up. Whatever is known of the address, the caller learns nothing: new, pending, active and suppressed
 * addresses are taken by one statement, those of the same moment together, and end without an outcome. What differs is the letter, if any.
 */
@Injectable()
export class SignUp {
  private readonly groups = new Groups<Post>(
    (posts) => this.store(posts),
    ({ mailbox }) => mailbox,
  );

  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly scheduleIds: ScheduleIds,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** Resolves once it is committed. */
  async run({ list, schedule, ...request }: SignUpRequest, now: Instant): Promise<void> {
    const scheduleId = await this.scheduleIds.find(list.id, schedule, now);
    const mailbox = mailboxKey(request.address);
    await this.groups.add({ ...request, mailbox, listId: list.id, scheduleId, mark: randomInt(2 ** 47), now });
  }

  private async store(posts: Post[]): Promise<void> {
    const { now } = posts.at(-1)!;
    const letters = await prepared<{ id: string }>(this.db, 'take sign-ups', takeSignUps, [
      JSON.stringify(posts),
      now,
      this.config.CONFIRMATIONS_PER_DAY,
      now.subtract({ seconds: this.config.CONFIRMATION_PAUSE }),
      now.subtract({ hours: 24 }),
    ]);
    for (const { id } of letters) this.outbox.wake(id);
  }
}
