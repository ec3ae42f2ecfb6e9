import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AdminClockSteps } from './admin/admin.clock-steps.js';
import { ArticlesClockSteps } from './articles/articles.clock-steps.js';
import type { Round } from './clock-steps.js';
import { Ticks } from './clock.js';
import type { Instant } from './database/now.js';
import { DeliveriesClockSteps } from './deliveries/deliveries.clock-steps.js';
import { EditionsClockSteps } from './editions/editions.clock-steps.js';
import { MailClockSteps } from './mail/mail.clock-steps.js';
import { PrivacyClockSteps } from './privacy/privacy.clock-steps.js';
import { StoriesClockSteps } from './stories/stories.clock-steps.js';
import { SubscribersClockSteps } from './subscribers/subscribers.clock-steps.js';

const now = Temporal.Instant.from('2026-12-01T06:00:00Z');
/** A step that is only listed, not run. */
const unused = {} as never;

/** The clock as it is put together, but for these parts. */
function ticks({
  subscribers = new SubscribersClockSteps(unused, unused, unused),
  roles = ['clock'],
}: {
  subscribers?: SubscribersClockSteps;
  roles?: string[];
} = {}): Ticks {
  return new Ticks(
    subscribers,
    new ArticlesClockSteps(unused, unused, unused, unused, unused),
    new StoriesClockSteps(unused, unused),
    new EditionsClockSteps(unused, unused, unused, unused, unused, unused, unused),
    new DeliveriesClockSteps(unused, unused, unused, unused, unused, unused, unused, unused),
    new MailClockSteps(unused, unused, unused),
    new AdminClockSteps(unused, unused),
    new PrivacyClockSteps(unused),
    { now: async () => now } as never,
    { ROLES: roles } as never,
  );
}

const namesOf = (round: Round) =>
  ticks()
    .stepsOf(round)
    .map(({ name }) => name);

describe('the rounds of the clock, whole', () => {
  it('goes from what is due to what is handed to workers', () => {
    expect(namesOf('editions')).toEqual([
      'resume paused readers',
      'open due editions',
      'watch approvals',
      'watch rehearsals',
      'end held editions',
      'apply corrections',
      'compose editions',
      'restore guard',
      'plan editions',
      'reconcile',
      'finish effects',
      'close editions',
      'offer slices',
      'offer welcomes',
      'offer one-off letters',
    ]);
  });

  it('brings articles in, and forgets what has had its time', () => {
    expect(namesOf('sources')).toEqual(['poll sources']);
    expect(namesOf('source health')).toEqual(['watch sources']);
    expect(namesOf('pages')).toEqual(['complete articles']);
    expect(namesOf('summaries')).toEqual(['ask for summaries']);
    expect(namesOf('stories')).toEqual(['assign stories']);
    expect(namesOf('forget')).toEqual([
      'forget pending sign-ups',
      'forget counts of sign-ups',
      'forget old articles',
      'forget vectors',
      'forget one-off letters',
      'forget idempotent requests',
      'forget counts of limits',
      'forget readers',
    ]);
  });
});

describe('a round', () => {
  const seen: Instant[] = [];
  const subscribers = () => {
    const steps = new SubscribersClockSteps(unused, unused, unused);
    steps.forget.unshift({ name: 'fails', run: () => Promise.reject(new Error('this step fails')) });
    steps.forget.push({ name: 'looks at the clock', run: async (at) => void seen.push(at) });
    return steps;
  };

  beforeEach(() => {
    Logger.overrideLogger(false);
    seen.length = 0;
  });

  it('goes on after a step that fails', async () => {
    await ticks({ subscribers: subscribers() }).forget();
    expect(seen).toEqual([now]);
  });

  it('does nothing in a process without the role clock', async () => {
    await ticks({ subscribers: subscribers(), roles: ['web', 'worker'] }).forget();
    expect(seen).toEqual([]);
  });
});
