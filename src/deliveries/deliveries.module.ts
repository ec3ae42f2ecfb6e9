import { Module } from '@nestjs/common';
import { EditionsModule } from '../editions/editions.module.js';
import { HealthModule } from '../health/health.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ListsModule } from '../lists/lists.module.js';
import { SubscribersModule } from '../subscribers/subscribers.module.js';
import { ApplyEffect } from './apply-effect.js';
import { CloseEditions } from './close-editions.js';
import { ComposeForReaders } from './compose-for-readers.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DraftLetter } from './draft-letter.js';
import { LandingController } from './landing.controller.js';
import { LetterPageController } from './letter-page.controller.js';
import { MyLettersController } from './my-letters.controller.js';
import { IssuePreviewController } from './issue-preview.controller.js';
import { DomainsController } from './domains.controller.js';
import { DoubtDomain } from './doubt-domain.js';
import { DoubtReader } from './doubt-reader.js';
import { EditionsController } from './editions.controller.js';
import { FinishEffects } from './finish-effects.js';
import { FillLetter } from './fill-letter.js';
import { KeepRates } from './keep-rates.js';
import { LedgerAge } from './ledger-age.js';
import { LedgerWriter } from './ledger-writer.js';
import { OfferSlices } from './offer-slices.js';
import { PlanEdition } from './plan-edition.js';
import { Reconcile } from './reconcile.js';
import { CheckLinks } from './rehearsal/check-links.js';
import { RehearsalController } from './rehearsal/rehearsal.controller.js';
import { Rehearse } from './rehearsal/rehearse.js';
import { WriteRehearsed } from './rehearsal/write-rehearsed.js';
import { ResolveDelivery } from './resolve-delivery.js';
import { RestoreController } from './restore.controller.js';
import { RestoreGuard } from './restore-guard.js';
import { RetryEdition } from './retry-edition.js';
import { ReturnPaths } from './return-paths.js';
import { SendProof } from './send-proof.js';
import { SendSlice } from './send-slice.js';
import { SendWelcomes } from './send-welcomes.js';
import { TendSlice } from './tend-slice.js';
import { TemplateController } from './template.controller.js';
import { WorkerIdentity } from './worker-identity.js';
import { WriteEditionLetter } from './write-edition-letter.js';
import { DeliveriesClockSteps } from './deliveries.clock-steps.js';

@Module({
  imports: [ListsModule, SubscribersModule, StoriesModule, EditionsModule, HealthModule],
  controllers: [
    EditionsController,
    DeliveriesController,
    DomainsController,
    RestoreController,
    IssuePreviewController,
    RehearsalController,
    TemplateController,
    LetterPageController,
    LandingController,
    MyLettersController,
  ],
  providers: [
    DeliveriesClockSteps,
    WorkerIdentity,
    ReturnPaths,
    ComposeForReaders,
    PlanEdition,
    OfferSlices,
    KeepRates,
    LedgerAge,
    LedgerWriter,
    ApplyEffect,
    DoubtReader,
    DoubtDomain,
    TendSlice,
    SendSlice,
    SendWelcomes,
    Reconcile,
    FinishEffects,
    CloseEditions,
    WriteEditionLetter,
    FillLetter,
    SendProof,
    DraftLetter,
    ResolveDelivery,
    RetryEdition,
    RestoreGuard,
    Rehearse,
    WriteRehearsed,
    CheckLinks,
  ],
  exports: [DeliveriesClockSteps, DraftLetter, RestoreGuard, SendProof],
})
export class DeliveriesModule {}
