import { one, sql, type Db } from './sql.js';

/**
 * Every advisory lock of the program: the number is its name in Postgres, so no two may share one (`locks.spec.ts`).
 * `ofOne` are locks of one row each: their second number is the row's id.
 */
export const locks = {
  /** Instances that start together migrate one after the other. */
  migrate: 4_114_711,
  /** Two instances must not give one article two stories. */
  assignStories: 4_114_712,
  /** One instance opens what is due, all schedules of an instant together. */
  openEditions: 4_114_713,
  /** Two instances must not replace one variant twice. */
  corrections: 4_114_714,
  /** Bounces are judged one after the other, or twenty at once would each see room for one more. */
  judgeBounces: 4_114_715,
  ofOne: {
    /** A reader gets one welcome. Second number: the subscription. */
    welcome: 4_114_716,
    /** Readers who come together find one edition. Second number: the list. */
    latestEdition: 4_114_717,
    /** Of special editions with the same stories one goes out. Second number: the list. */
    specialEdition: 4_114_718,
  },
} as const;

type Lock = Exclude<(typeof locks)[keyof typeof locks], object>;
type LockOfOne = (typeof locks.ofOne)[keyof typeof locks.ofOne];

/** Waits for the lock and keeps it until the transaction ends. */
export async function takeLock(tx: Db, lock: Lock): Promise<void> {
  await sql(tx, `select pg_advisory_xact_lock($1)`, [lock]);
}

/** @returns false when somebody else has it; otherwise it is kept until the transaction ends */
export async function tryLock(tx: Db, lock: Lock): Promise<boolean> {
  return (await one<{ mine: boolean }>(tx, `select pg_try_advisory_xact_lock($1) as mine`, [lock]))!.mine;
}

/** As `takeLock`, for one row. */
export async function takeLockOf(tx: Db, lock: LockOfOne, id: string): Promise<void> {
  await sql(tx, `select pg_advisory_xact_lock($1::int, $2::int)`, [lock, secondNumber(id)]);
}

/** The second number of a lock has 32 bits; two rows that share one wait for each other, which harms nobody. */
export const secondNumber = (id: string): number => Number(BigInt(id) % 2_147_483_647n);
