import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import type { List } from '../lists/list.entity.js';
import { choiceOf } from '../lists/schedule-choice.js';
import type { ScheduleChoice } from '../lists/stored-schedule.js';
import { pickLocale, type Locale } from '../locales/messages.js';
import { parseAddress } from '../mail/address.js';
import { Erased } from '../suppressions/erased.js';
import { Attest } from './attest.js';
import type { Attestation } from './consent-input.js';
import { SignUp } from './sign-up.js';

/** One line of an import, as it came. */
export interface ImportLine extends ScheduleChoice {
  address: string;
  locale?: Locale | undefined;
}

export interface ImportOrder {
  list: List;
  lines: ImportLine[];
  /** Null: nobody is subscribed by it, everybody is asked to confirm. */
  consent: Attestation | null;
  dryRun: boolean;
}

export const lineFates = ['added', 'asked', 'already', 'left', 'suppressed', 'refused', 'twice'] as const;
export type LineFate = (typeof lineFates)[number];

/** What became of each line, or would become of it. `index` counts from 0. */
export interface ImportReport {
  counts: Partial<Record<LineFate, number>>;
  refused: { index: number; detail: string }[];
}

interface Standing {
  suppressed: boolean;
  state: string | null;
  endedAt: Date | null;
}

/**
 * Brings readers in from elsewhere. Suppression always wins, and so does what a reader decided here: who has left stays
 * away unless the admin attests to a consent that is newer. A line that is no address is told and does not keep the others out.
 */
@Injectable()
export class ImportReaders {
  constructor(
    private readonly db: DataSource,
    private readonly attest: Attest,
    private readonly signUp: SignUp,
    private readonly erased: Erased,
  ) {}

  async run(order: ImportOrder, now: Instant): Promise<ImportReport> {
    const report: ImportReport = { counts: {}, refused: [] };
    const done = new Set<string>();
    for (const [index, line] of order.lines.entries()) {
      const parsed = parseAddress(line.address);
      if (parsed.kind === 'fault') report.refused.push({ index, detail: `not a mail address (${parsed.fault})` });
      const address = parsed.kind === 'address' ? parsed.address : null;
      const fate =
        address === null ? 'refused' : done.has(address) ? 'twice' : await this.take(order, line, address, now);
      if (address !== null) done.add(address);
      report.counts[fate] = (report.counts[fate] ?? 0) + 1;
    }
    return report;
  }

  private async take(order: ImportOrder, line: ImportLine, address: string, now: Instant): Promise<LineFate> {
    const { list, consent, dryRun } = order;
    const standing = await this.standing(address, list.id);
    if (standing.suppressed || (await this.erased.has(this.db, address))) return 'suppressed';
    if (standing.state === 'active' || standing.state === 'paused') return 'already';
    if (standing.endedAt && (!consent || consent.at.epochMilliseconds <= standing.endedAt.getTime())) return 'left';
    const reader = {
      address,
      list,
      locale: line.locale ?? pickLocale(list.locale),
      timeZone: line.timeZone,
      schedule: choiceOf(line),
      sections: null,
    };
    if (!dryRun && consent && (await this.attest.run(reader, consent)) === 'left since') return 'left';
    if (!dryRun && !consent)
      await this.signUp.run({ ...reader, evidence: { network: null, shown: 'import' }, mayWrite: true }, now);
    return consent ? 'added' : 'asked';
  }

  private async standing(address: string, listId: string): Promise<Standing> {
    const row = await one<Standing>(
      this.db,
      `select exists (select 1 from suppression where address = $1) as suppressed,
              s.state, s.ended_at as "endedAt"
         from (values (1)) one_row
         left join subscriber r on r.address = $1 left join subscription s on s.subscriber_id = r.id and s.list_id = $2`,
      [address, listId],
    );
    return row!;
  }
}
