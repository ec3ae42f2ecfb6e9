import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { guarded, type ClockStep, type ClockSteps } from '../clock-steps.js';
import type { Instant } from '../database/now.js';
import { fewAtOnce } from '../few-at-once.js';
import { CloseEditions } from './close-editions.js';
import { FinishEffects } from './finish-effects.js';
import { OfferSlices } from './offer-slices.js';
import { PlanEdition, plansAtOnce } from './plan-edition.js';
import { readyTogether } from './ready-together.js';
import { Reconcile } from './reconcile.js';
import { RestoreGuard } from './restore-guard.js';
import { SendWelcomes } from './send-welcomes.js';

@Injectable()
export class DeliveriesClockSteps implements ClockSteps {
  readonly editions: ClockStep[];

  constructor(
    private readonly db: DataSource,
    private readonly planEdition: PlanEdition,
    restoreGuard: RestoreGuard,
    reconcile: Reconcile,
    finishEffects: FinishEffects,
    closeEditions: CloseEditions,
    offerSlices: OfferSlices,
    sendWelcomes: SendWelcomes,
  ) {
    this.editions = [
      { name: 'restore guard', run: () => restoreGuard.run() },
      { name: 'plan editions', run: (now) => this.plan(now) },
      { name: 'reconcile', run: (now) => reconcile.run(now) },
      { name: 'finish effects', run: (now) => finishEffects.run(now) },
      { name: 'close editions', run: (now) => closeEditions.run(now) },
      { name: 'offer slices', run: (now) => offerSlices.run(now) },
      { name: 'offer welcomes', run: (now) => sendWelcomes.offer(now) },
    ];
  }

  private async plan(now: Instant): Promise<void> {
    for (const ids of await readyTogether(this.db))
      await fewAtOnce(ids, plansAtOnce, (id) => guarded(`plan ${id}`, () => this.planEdition.run(id, now)));
  }
}
