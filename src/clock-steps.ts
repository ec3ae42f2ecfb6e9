import { Logger } from '@nestjs/common';
import type { Instant } from './database/now.js';

/** One thing that a stage does by the clock. Harmless when it runs twice, late, or on ten machines at once. */
export interface ClockStep {
  name: string;
  run(now: Instant): Promise<unknown>;
}

/** How often a round runs is decided in clock.ts. */
export type Round = 'editions' | 'stories' | 'summaries' | 'sources' | 'source health' | 'pages' | 'forget';

/** What one stage does in each round, in order. A stage has one such class, `STAGE.clock-steps.ts`. */
export type ClockSteps = Partial<Record<Round, ClockStep[]>>;

const log = new Logger('Clock');

/** Runs a piece of work. A failure is logged, and the next tick tries again: it does not stop the steps after it. */
export async function guarded(name: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ err: error }, `Step "${name}" failed, the next tick tries again`);
  }
}
