import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { guarded, type ClockStep, type ClockSteps } from '../clock-steps.js';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { ComposeEdition } from './compose-edition.js';
import { ApplyCorrections } from './corrections/apply-corrections.js';
import { EndHeldEditions } from './end-held-editions.js';
import { OpenDueEditions } from './open-due-editions.js';
import { WatchRehearsals } from './rehearsal/watch-rehearsals.js';
import { WatchApprovals } from './rundown/watch-approvals.js';

@Injectable()
export class EditionsClockSteps implements ClockSteps {
  readonly editions: ClockStep[];

  constructor(
    private readonly db: DataSource,
    private readonly composeEdition: ComposeEdition,
    openDueEditions: OpenDueEditions,
    watchApprovals: WatchApprovals,
    watchRehearsals: WatchRehearsals,
    endHeldEditions: EndHeldEditions,
    applyCorrections: ApplyCorrections,
  ) {
    this.editions = [
      { name: 'open due editions', run: (now) => openDueEditions.run(now) },
      { name: 'watch approvals', run: (now) => watchApprovals.run(now) },
      { name: 'watch rehearsals', run: (now) => watchRehearsals.run(now) },
      { name: 'end held editions', run: (now) => endHeldEditions.run(now) },
      { name: 'apply corrections', run: (now) => applyCorrections.run(now) },
      { name: 'compose editions', run: (now) => this.compose(now) },
    ];
  }

  private async compose(now: Instant): Promise<void> {
    const waiting = await sql<{ id: string }>(this.db, `select id from edition where state = 'composing' order by id`);
    for (const { id } of waiting) await guarded(`compose ${id}`, () => this.composeEdition.run(id, now));
  }
}
