import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { columnsOf, prepared } from '../database/sql.js';
import type { SmtpOutcome } from '../mail/smtp-outcome.js';
import { armColumns, armStatement } from './arm.js';
import type { Attempt } from './attempt.js';
import { LedgerAge } from './ledger-age.js';
import { judgeOutcome, type Verdict } from './judge-outcome.js';
import { settleColumns, settleStatement, type End } from './settle.js';
import { untilWritten } from './until-written.js';
import { WorkerIdentity } from './worker-identity.js';

interface Arm {
  attempt: Attempt;
  answer: PromiseWithResolvers<boolean>;
}

interface Outcome {
  attempt: Attempt;
  outcome: SmtpOutcome;
  answer: PromiseWithResolvers<Verdict>;
}

/**
 * Commits in groups: whatever letters wait in the same moment to be armed or settled share one statement, hence one
 * COMMIT. Each row stands under its own token and conditions. One group is written at a time, so that a letter's end is
 * never overtaken by the arm of the next one, and a crash leaves no more in doubt than this worker has connections.
 */
@Injectable()
export class LedgerWriter {
  private readonly log = new Logger('Deliveries');
  private readonly arms: Arm[] = [];
  private readonly outcomes: Outcome[] = [];
  /** Tokens of what is armed, or may be, and whose end is not written. */
  private readonly open = new Set<string>();
  private writing = false;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly worker: WorkerIdentity,
    private readonly ledgerAge: LedgerAge,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** False: something stands against it now, or somebody else has it. Rejects if nobody can tell. */
  arm(attempt: Attempt): Promise<boolean> {
    const answer = Promise.withResolvers<boolean>();
    this.arms.push({ attempt, answer });
    this.begin();
    return answer.promise;
  }

  /** Judges what became of an attempt and writes it, for as long as that takes. */
  settle(attempt: Attempt, outcome: SmtpOutcome): Promise<Verdict> {
    this.withdraw(attempt); // the line was lost while its arm waited
    const answer = Promise.withResolvers<Verdict>();
    this.outcomes.push({ attempt, outcome, answer });
    this.begin();
    return answer.promise;
  }

  /** In one statement with its own end, an arm might be the one that is written. */
  private withdraw({ token }: Attempt): void {
    const at = this.arms.findIndex(({ attempt }) => attempt.token === token);
    if (at !== -1) this.arms.splice(at, 1)[0]!.answer.resolve(false);
  }

  private begin(): void {
    if (this.writing) return;
    this.writing = true;
    // Those who have their answers of the same moment come together.
    setImmediate(() => void this.writeAll());
  }

  private async writeAll(): Promise<void> {
    for (;;) {
      const outcomes = this.outcomes.splice(0);
      const arms = this.arms.splice(0, this.room(outcomes));
      if (outcomes.length + arms.length === 0) break;
      await this.writeGroup(arms, outcomes);
    }
    this.writing = false; // in the same turn as the last look, or whoever comes between would wait for ever
  }

  /** How many more may be armed once these ends are written. */
  private room(outcomes: Outcome[]): number {
    const closing = outcomes.filter(({ attempt }) => this.open.has(attempt.token)).length;
    return Math.max(0, this.config.SMTP_CONNECTIONS - this.open.size + closing);
  }

  private async writeGroup(arms: Arm[], outcomes: Outcome[]): Promise<void> {
    for (const { attempt } of arms) this.open.add(attempt.token);
    try {
      const now = await this.clock.recent();
      const ends = judgeAll(outcomes, now);
      const armed = await this.write(arms, ends, now);
      for (const { attempt, answer } of arms) {
        if (!armed.has(attempt.token)) this.open.delete(attempt.token);
        answer.resolve(armed.has(attempt.token));
      }
      outcomes.forEach(({ answer }, n) => this.close(ends[n]!, answer));
    } catch (error) {
      for (const { answer } of arms) answer.reject(error);
      for (const outcome of outcomes) void this.writeAlone(outcome);
    }
  }

  /** A group may have failed because of one row, which must not keep its neighbours from their ends. */
  private async writeAlone({ attempt, outcome, answer }: Outcome): Promise<void> {
    const end = await untilWritten(
      async () => {
        const now = await this.clock.recent();
        const [judged] = judgeAll([{ attempt, outcome }], now);
        await this.write([], [judged!], now);
        return judged!;
      },
      (error) => this.log.warn({ err: error }, `Delivery ${attempt.id} cannot be settled yet`),
    );
    this.close(end, answer);
    this.begin();
  }

  private close({ attempt, verdict }: End, answer: PromiseWithResolvers<Verdict>): void {
    this.open.delete(attempt.token);
    answer.resolve(verdict);
  }

  /** @returns the tokens that are armed now */
  private async write(arms: Arm[], ends: End[], now: Instant): Promise<Set<string>> {
    const settled = columnsOf(settleColumns, ends);
    if (arms.length === 0) {
      await prepared(this.db, 'settle', settleAlone, [now, ...settled]);
      return new Set();
    }
    const { word, written } = this.ledgerAge.seen;
    const attempts = arms.map(({ attempt }) => attempt);
    const values = [now, this.worker.id, word, written, ...columnsOf(armColumns, attempts)];
    const rows = await (ends.length === 0
      ? prepared<{ token: string }>(this.db, 'arm', armStatement, values)
      : prepared<{ token: string }>(this.db, 'settle and arm', both, [...values, ...settled]));
    return new Set(rows.map(({ token }) => token));
  }
}

// Most groups are of one kind, for connections go in step: to prepare the other half for nothing would take a sixth of their time (docs/decisions/0215).
const settleAlone = settleStatement(2);
const both = `
  with settled as (${settleStatement(10)}), armed as (${armStatement}) select token from armed`;

const judgeAll = (outcomes: Pick<Outcome, 'attempt' | 'outcome'>[], now: Instant): End[] =>
  outcomes.map(({ attempt, outcome }) => ({
    attempt,
    verdict: judgeOutcome(outcome, attempt.number, now, Math.random()),
  }));
