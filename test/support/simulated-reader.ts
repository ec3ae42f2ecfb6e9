import {
  dueUntil,
  localDateOf,
  nextDueAfterDate,
  type DueInstant,
  type LocalSchedule,
} from '../../src/lists/due-instant.js';
import { dueAfterMove } from '../../src/lists/move-schedule.js';
import { inForce } from '../../src/lists/schedules.js';
import type { ScheduleChoice, StoredSchedule } from '../../src/lists/stored-schedule.js';
import { datesLetGo, handOver, owedNext, type Regime } from '../../src/subscribers/regime.js';

type Instant = Temporal.Instant;

/** A list, its schedules, and one reader, by a clock that the test moves: what Postgres holds, without Postgres. */
export class SimulatedReader {
  readonly schedules: StoredSchedule[] = [];
  /** Local dates of the letters the reader got, in their order. */
  readonly letters: { date: string; at: string; day: string }[] = [];
  /** Dates that were recorded as let go. */
  readonly letGo: string[] = [];
  regime: Regime;

  constructor(
    public now: Instant,
    private list: LocalSchedule,
    choice: Partial<ScheduleChoice> = {},
  ) {
    this.regime = { schedule: this.scheduleFor(choice), after: null, previous: null };
  }

  /** Lets time pass; the clock ticks whenever something is due. */
  until(then: Instant): void {
    for (;;) {
      const next = this.schedules
        .map(({ nextDueAt }) => nextDueAt)
        .sort((one, other) => Temporal.Instant.compare(one, other))[0]!;
      if (Temporal.Instant.compare(next, then) > 0) break;
      if (Temporal.Instant.compare(next, this.now) > 0) this.now = next;
      this.tick();
    }
    this.now = then;
  }

  choose(choice: Partial<ScheduleChoice>): void {
    const to = this.scheduleFor({ ...this.regime.schedule.chosen, ...choice });
    if (to.id === this.regime.schedule.id) return;
    const next = handOver(this.regime, to, this.now);
    this.letGo.push(...datesLetGo(this.regime, next));
    this.regime = next;
  }

  moveList(change: Partial<LocalSchedule>): void {
    this.list = { ...this.list, ...change };
    for (const old of this.schedules) {
      const local = inForce(old.chosen, this.list);
      if (
        JSON.stringify(local) ===
        JSON.stringify({ timeZone: old.timeZone, localTime: old.localTime, weekdays: old.weekdays })
      )
        continue;
      const { at, localDate, letGo } = dueAfterMove({ ...old }, local, this.now);
      if (letGo && this.brings(old, letGo)) this.letGo.push(letGo);
      Object.assign(old, { ...local, nextDueAt: at, nextDueDate: localDate });
    }
  }

  nextAt(): string {
    return owedNext(this.regime, this.now).at.toString();
  }

  nextLetter(): string {
    const due = owedNext(this.regime, this.now);
    return due.at.toZonedDateTimeISO(due.by.timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  }

  tick(): void {
    for (const schedule of this.schedules) {
      const due = dueUntil(schedule, { at: schedule.nextDueAt, localDate: schedule.nextDueDate }, this.now);
      const newest = due.at(-1);
      if (!newest) continue;
      if (this.brings(schedule, newest.localDate)) this.take(newest);
      const next = nextDueAfterDate(schedule, this.now, newest.localDate);
      Object.assign(schedule, { nextDueAt: next.at, nextDueDate: next.localDate, servedDate: newest.localDate });
    }
  }

  /** As the ledger does: no date twice, and none after a newer one. */
  private take({ at, localDate }: DueInstant): void {
    const last = this.letters.at(-1)?.date ?? '';
    if (localDate < last) this.letGo.push(localDate);
    if (localDate <= last) return;
    const day = localDateOf(at, this.regime.schedule.timeZone);
    this.letters.push({ date: localDate, at: at.toString(), day });
  }

  /** What `due-readers.ts` asks in SQL. */
  private brings({ id }: StoredSchedule, date: string): boolean {
    const { schedule, after, previous } = this.regime;
    if (id === schedule.id && (after === null || date > after)) return true;
    return id === previous?.schedule.id && date <= after! && (previous.after === null || date > previous.after);
  }

  private scheduleFor(wish: Partial<ScheduleChoice>): StoredSchedule {
    const chosen = { timeZone: null, localTime: null, weekdays: null, ...wish };
    const id = JSON.stringify(chosen);
    const standing = this.schedules.find((schedule) => schedule.id === id);
    if (standing) return standing;
    const local = inForce(chosen, this.list);
    const next = nextDueAfterDate(local, this.now, null);
    const made = {
      id,
      ...local,
      chosen,
      nextDueAt: next.at,
      nextDueDate: next.localDate,
      servedDate: null,
      skippedDate: null,
    };
    this.schedules.push(made);
    return made;
  }
}
