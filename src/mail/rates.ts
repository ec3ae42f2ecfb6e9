import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { one, sql } from '../database/sql.js';

/** `domain:example.org` or `channel:default`. */
export type RateScope = `${'domain' | 'channel'}:${string}`;

/** A scope that has, or had, a limit. `now` is null when there is none at present. */
export interface Rate {
  scope: RateScope;
  perSecond: number | null;
  now: number | null;
}

/** What a scope without a limit is cut to; each further complaint halves it. */
const firstCut = 10;
const leastPerSecond = 1 / 60;
/** The same complaint comes from many connections at once, and from letters that were already in hand. */
const deafSeconds = 60;
/** A cut rate doubles after each of so many quiet seconds; after eight of them nothing is left of it. */
const recoverySeconds = 900;
const recoverySteps = 8;
/** A bucket holds so many seconds of its rate, two ticks: a slice that found it dry is offered again by the next one. */
const burstSeconds = 20;
/** Whoever finds it dry comes back for more than one letter. */
const drySeconds = 5;
const knownForMs = 1_000;

const steps = `floor(extract(epoch from clock_timestamp() - cut_at) / ${recoverySeconds})`;
/** Letters per second at present; null: as many as there are. */
const speed = `least(per_second, case when ${steps} < ${recoverySteps} then cut_to * 2 ^ greatest(${steps}, 0) end)`;

/**
 * Token buckets in Postgres: they survive restarts and are shared by all workers. A scope without a limit costs one look at a
 * small table each second and process. What is taken and not used is forfeited: the rate errs on the slow side.
 */
@Injectable()
export class Rates {
  private known: { scopes: Promise<Set<string>>; atMs: number } = {
    scopes: Promise.resolve(new Set()),
    atMs: -Infinity,
  };

  constructor(private readonly db: DataSource) {}

  /**
   * Takes a token for each letter, as far as there are any.
   * @returns how many may go, for the scopes that have a limit
   */
  async take(wanted: Map<RateScope, number>): Promise<Map<string, number>> {
    const limited = await this.limited();
    const asked = [...wanted].filter(([scope]) => limited.has(scope));
    if (asked.length === 0) return new Map();
    const taken = await sql<{ scope: string; taken: number }>(this.db, takeStatement, [
      asked.map(([scope]) => scope),
      asked.map(([, count]) => count),
      null,
      null,
    ]);
    return new Map(taken.map((row) => [row.scope, row.taken]));
  }

  /**
   * Takes a handful for one scope, limit or none, and counts them for the day.
   * @param perDay how many may go that day; null: as many as there are
   */
  async lease(scope: RateScope, wanted: number, day: string, perDay: number | null): Promise<number> {
    const row = await one<{ taken: number }>(this.db, takeStatement, [[scope], [wanted], day, perDay]);
    return row!.taken;
  }

  /** A server complains of too much at once: half the rate, and a minute's rest. It grows again by itself. */
  async cut(scope: RateScope): Promise<void> {
    await sql(
      this.db,
      `insert into rate as r (scope, cut_to, cut_at, refilled_at, dry_until)
       values ($1, ${firstCut}, clock_timestamp(), clock_timestamp(), clock_timestamp() + interval '1 minute')
       on conflict (scope) do update set
         cut_to = (select greatest(${leastPerSecond}, coalesce(now / 2, ${firstCut}))
                     from (select ${speed} as now from (select r.per_second, r.cut_to, r.cut_at) c) s),
         cut_at = excluded.cut_at, tokens = 1, refilled_at = excluded.refilled_at, dry_until = excluded.dry_until
       where r.cut_at is null or r.cut_at < clock_timestamp() - interval '${deafSeconds} seconds'`,
      [scope],
    );
    this.forget();
  }

  /** An operator's limit; null takes it away, and what a complaint has cut as well. */
  async set(scope: RateScope, perSecond: number | null): Promise<void> {
    await sql(
      this.db,
      `insert into rate (scope, per_second, refilled_at) values ($1, $2, clock_timestamp())
       on conflict (scope) do update set per_second = excluded.per_second, dry_until = '-infinity',
         cut_to = case when $2::float is not null then rate.cut_to end, cut_at = case when $2::float is not null then rate.cut_at end
        where excluded.per_second is null or rate.per_second is distinct from excluded.per_second`,
      [scope, perSecond],
    );
    this.forget();
  }

  all(kind: 'domain' | 'channel'): Promise<Rate[]> {
    return sql<Rate>(
      this.db,
      `select scope, per_second as "perSecond", ${speed} as now from rate where scope like $1 || ':%' and ${speed} is not null order by scope`,
      [kind],
    );
  }

  async find(scope: RateScope): Promise<Rate> {
    const found = await one<Rate>(
      this.db,
      `select scope, per_second as "perSecond", ${speed} as now from rate where scope = $1`,
      [scope],
    );
    return found ?? { scope, perSecond: null, now: null };
  }

  private limited(): Promise<Set<string>> {
    if (performance.now() - this.known.atMs > knownForMs) {
      const scopes = sql<{ scope: string }>(this.db, `select scope from rate where ${speed} is not null`).then(
        (rows) => new Set(rows.map(({ scope }) => scope)),
      );
      this.known = { scopes, atMs: performance.now() };
      scopes.catch(() => this.forget());
    }
    return this.known.scopes;
  }

  private forget(): void {
    this.known.atMs = -Infinity;
  }
}

/**
 * $1: scopes, $2: how many letters each, $3: a day to count them for, or null, $4: how many may go that day, or null.
 * Rows are locked in one order, or two workers could wait for each other.
 */
const takeStatement = `
  with held as (
    select r.scope, a.wanted, ${speed} as speed, r.tokens, case when r.day = $3::date then r.day_taken else 0 end as day_taken,
           greatest(extract(epoch from clock_timestamp() - r.refilled_at), 0) as seconds
      from rate r join unnest($1::text[], $2::int[]) as a (scope, wanted) on a.scope = r.scope order by r.scope for update of r),
  filled as (
    select *, case when speed is not null then least(greatest(1, speed * ${burstSeconds}), tokens + speed * seconds) end as full_to from held),
  given as (
    select *, least(wanted, floor(full_to), case when $4::int is not null then greatest($4::int - day_taken, 0) end)::int as taken from filled)
  update rate r
     set tokens = coalesce(g.full_to - g.taken, r.tokens), refilled_at = clock_timestamp(), day = $3::date, day_taken = g.day_taken + g.taken,
         dry_until = case when g.taken < g.wanted
           then clock_timestamp() + make_interval(secs => greatest(${drySeconds}, (1 - (g.full_to - g.taken)) / g.speed))
           else r.dry_until end
    from given g where r.scope = g.scope
  returning r.scope, g.taken`;
