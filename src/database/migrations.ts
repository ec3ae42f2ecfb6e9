import { CreateLists1779500000001 } from './migrations/1779500000001-create-lists.js';
import { CreateSubscribers1779500000002 } from './migrations/1779500000002-create-subscribers.js';
import { CreateArticles1779500000003 } from './migrations/1779500000003-create-articles.js';
import { CreateStories1779500000004 } from './migrations/1779500000004-create-stories.js';
import { CreateEditions1779500000005 } from './migrations/1779500000005-create-editions.js';
import { CreateDeliveries1779500000006 } from './migrations/1779500000006-create-deliveries.js';
import { CreateMail1779500000007 } from './migrations/1779500000007-create-mail.js';
import { CreateAdmin1779500000008 } from './migrations/1779500000008-create-admin.js';
import { JudgeReplies1779600000001 } from './migrations/1779600000001-judge-replies.js';
import { CreateHome1779600000002 } from './migrations/1779600000002-create-home.js';
import { CreateImports1779600000021 } from './migrations/1779600000021-create-imports.js';
import { LimitRates1779700000011 } from './migrations/1779700000011-limit-rates.js';
import { PaceSources1779700000021 } from './migrations/1779700000021-pace-sources.js';
import { CompleteArticles1779700000022 } from './migrations/1779700000022-complete-articles.js';
import { RecogniseArticles1779700000023 } from './migrations/1779700000023-recognise-articles.js';
import { WatchSources1779700000024 } from './migrations/1779700000024-watch-sources.js';
import { LookUpSketches1779700000025 } from './migrations/1779700000025-look-up-sketches.js';
import { NumberStoryChanges1779700000031 } from './migrations/1779700000031-number-story-changes.js';
import { KeepWhyStoriesWereChosen1779700000032 } from './migrations/1779700000032-keep-why-stories-were-chosen.js';
import { KeepArticleVectors1779700000033 } from './migrations/1779700000033-keep-article-vectors.js';
import { CreateSignUpCount1779700000041 } from './migrations/1779700000041-create-sign-up-count.js';
import { KeepWhenLettersWereAskedFor1779807000001 } from './migrations/1779807000001-keep-when-letters-were-asked-for.js';
import { CreateAddressChange1779807000002 } from './migrations/1779807000002-create-address-change.js';
import { ChooseSchedules1779804000001 } from './migrations/1779804000001-choose-schedules.js';
import { CreateRundowns1779805000001 } from './migrations/1779805000001-create-rundowns.js';
import { LogSources1779803000001 } from './migrations/1779803000001-log-sources.js';
import { KeepWordsOfStories1779803000002 } from './migrations/1779803000002-keep-words-of-stories.js';
import { CreateCorrections1779806000001 } from './migrations/1779806000001-create-corrections.js';
import { SetAFloor1779806000002 } from './migrations/1779806000002-set-a-floor.js';
import { CreateRehearsals1779810000001 } from './migrations/1779810000001-create-rehearsals.js';
import { SayWhereStandfirstsComeFrom1779811000001 } from './migrations/1779811000001-say-where-standfirsts-come-from.js';
import { GiveListsABrand1779809000001 } from './migrations/1779809000001-give-lists-a-brand.js';
import { LetListsHaveTemplates1779809000002 } from './migrations/1779809000002-let-lists-have-templates.js';
import { KeepEffectsUntilTheyAreDone1779812000001 } from './migrations/1779812000001-keep-effects-until-they-are-done.js';
import { SendWithoutClaims1779813000001 } from './migrations/1779813000001-send-without-claims.js';
import { TypeDeliveryStates1779814000001 } from './migrations/1779814000001-type-delivery-states.js';
import { NoticeRestoresInPlace1779815000001 } from './migrations/1779815000001-notice-restores-in-place.js';
import { SliceEditionsByIds1779816000001 } from './migrations/1779816000001-slice-editions-by-ids.js';
import { BoundTurnsOnBothSides1779817000001 } from './migrations/1779817000001-bound-turns-on-both-sides.js';
import { KeepWhatBecameOfSchedules1779821000004 } from './migrations/1779821000004-keep-what-became-of-schedules.js';
import { RenameZones1779821000003 } from './migrations/1779821000003-rename-zones.js';
import { PauseUntilDates1779821000002 } from './migrations/1779821000002-pause-until-dates.js';
import { KeepDatesOfDueInstants1779821000001 } from './migrations/1779821000001-keep-dates-of-due-instants.js';
import { OpenSlicesUnderTheirLock1779818000001 } from './migrations/1779818000001-open-slices-under-their-lock.js';
import { KeepWhenDomainsBeganToRest1779822000001 } from './migrations/1779822000001-keep-when-domains-began-to-rest.js';
import { KeepLeavings1779820000001 } from './migrations/1779820000001-keep-leavings.js';
import { KeepWhereConsentCameFrom1779820000002 } from './migrations/1779820000002-keep-where-consent-came-from.js';
import { CountLettersByMailbox1779820000003 } from './migrations/1779820000003-count-letters-by-mailbox.js';
import { NameDeskActionsInAudit1779824000001 } from './migrations/1779824000001-name-desk-actions-in-audit.js';
import { CountWhatIsLimited1779824000002 } from './migrations/1779824000002-count-what-is-limited.js';
import { MergeSubscribers1779820000004 } from './migrations/1779820000004-merge-subscribers.js';

/** Dated, one purpose each, append-only. */
export const migrations = [
  CreateLists1779500000001,
  CreateSubscribers1779500000002,
  CreateArticles1779500000003,
  CreateStories1779500000004,
  CreateEditions1779500000005,
  CreateDeliveries1779500000006,
  CreateMail1779500000007,
  CreateAdmin1779500000008,
  JudgeReplies1779600000001,
  CreateHome1779600000002,
  CreateImports1779600000021,
  LimitRates1779700000011,
  PaceSources1779700000021,
  CompleteArticles1779700000022,
  RecogniseArticles1779700000023,
  WatchSources1779700000024,
  LookUpSketches1779700000025,
  NumberStoryChanges1779700000031,
  KeepWhyStoriesWereChosen1779700000032,
  KeepArticleVectors1779700000033,
  CreateSignUpCount1779700000041,
  ChooseSchedules1779804000001,
  CreateRundowns1779805000001,
  KeepWhenLettersWereAskedFor1779807000001,
  CreateAddressChange1779807000002,
  LogSources1779803000001,
  KeepWordsOfStories1779803000002,
  CreateCorrections1779806000001,
  SetAFloor1779806000002,
  CreateRehearsals1779810000001,
  SayWhereStandfirstsComeFrom1779811000001,
  GiveListsABrand1779809000001,
  LetListsHaveTemplates1779809000002,
  KeepEffectsUntilTheyAreDone1779812000001,
  SendWithoutClaims1779813000001,
  TypeDeliveryStates1779814000001,
  NoticeRestoresInPlace1779815000001,
  SliceEditionsByIds1779816000001,
  BoundTurnsOnBothSides1779817000001,
  OpenSlicesUnderTheirLock1779818000001,
  KeepWhenDomainsBeganToRest1779822000001,
  KeepLeavings1779820000001,
  KeepWhereConsentCameFrom1779820000002,
  CountLettersByMailbox1779820000003,
  MergeSubscribers1779820000004,
  KeepDatesOfDueInstants1779821000001,
  PauseUntilDates1779821000002,
  RenameZones1779821000003,
  NameDeskActionsInAudit1779824000001,
  CountWhatIsLimited1779824000002,
  KeepWhatBecameOfSchedules1779821000004,
];
