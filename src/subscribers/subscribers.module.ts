import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { ListsModule } from '../lists/lists.module.js';
import { AddressController } from './address.controller.js';
import { AskAddressChange } from './ask-address-change.js';
import { Attest } from './attest.js';
import { BoxController } from './box.controller.js';
import { ChallengeController } from './challenge.controller.js';
import { ChangeAddress } from './change-address.js';
import { ChangeSubscription } from './change-subscription.js';
import { ConfirmController } from './confirm.controller.js';
import { ChooseSchedule } from './choose-schedule.js';
import { ChooseSections } from './choose-sections.js';
import { JoinList } from './join-list.js';
import { LeaveAll } from './leave-all.js';
import { UndoLeaving } from './undo-leaving.js';
import { TellReason } from './tell-reason.js';
import { Confirm } from './confirm.js';
import { EndSubscription } from './end-subscription.js';
import { ForgetPending } from './forget-pending.js';
import { ImportReaders } from './import-readers.js';
import { ImportsController } from './imports.controller.js';
import { Leaving } from './leaving.js';
import { Links } from './links.js';
import { PreferencesController } from './preferences.controller.js';
import { ResumePaused } from './resume-paused.js';
import { ProofOfWork } from './proof-of-work.js';
import { SavePreferences } from './save-preferences.js';
import { SayGoodbye } from './say-goodbye.js';
import { SignUpCaps } from './sign-up-caps.js';
import { SignUp } from './sign-up.js';
import { SubscribeController } from './subscribe.controller.js';
import { SubscribersController } from './subscribers.controller.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { UnknownLink } from './unknown-link.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { WriteAddressLetters } from './write-address-letters.js';
import { WriteOneOffLetters } from './write-one-off-letters.js';
import { SubscribersClockSteps } from './subscribers.clock-steps.js';

@Module({
  imports: [ListsModule, HealthModule],
  controllers: [
    SubscribeController,
    BoxController,
    ChallengeController,
    ConfirmController,
    UnsubscribeController,
    PreferencesController,
    AddressController,
    SubscribersController,
    SubscriptionsController,
    ImportsController,
  ],
  providers: [
    SubscribersClockSteps,
    Links,
    UnknownLink,
    SignUp,
    SignUpCaps,
    ProofOfWork,
    Confirm,
    EndSubscription,
    Attest,
    ChangeSubscription,
    ChooseSchedule,
    ChooseSections,
    AskAddressChange,
    ChangeAddress,
    SayGoodbye,
    WriteAddressLetters,
    LeaveAll,
    Leaving,
    JoinList,
    SavePreferences,
    UndoLeaving,
    TellReason,
    ImportReaders,
    ForgetPending,
    ResumePaused,
    WriteOneOffLetters,
  ],
  exports: [SubscribersClockSteps, Links, UnknownLink],
})
export class SubscribersModule {}
