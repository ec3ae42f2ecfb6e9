import { appendFileSync } from 'node:fs';
import { afterAll, expect } from '@jest/globals';
import pg from 'pg';
import { Tokens } from '../../src/tokens/tokens.js';
import { checkLedger, key, type Evidence } from './check-ledger.js';
import { startFaultServer, type FaultServer } from './fault-server.js';
import { startService, type Service } from './service.js';
import { until } from './until.js';

/** Connections of each worker. */
export const connections = 4;

/** What the trials of a file share: one database, one desk (`ROLES=web`), one mail server that fails on demand. */
export interface Ground {
  desk: Service;
  relay: FaultServer;
  db: pg.Pool;
  /** of each trial's workers, such as another DATABASE_URL */
  workerEnv: Record<string, string>;
}

export async function prepareGround(env: Record<string, string> = {}): Promise<Ground> {
  const relay = await startFaultServer();
  const desk = await startService({ env: { ROLES: 'web', SMTP_URL: relay.url, ...env } });
  const db = new pg.Pool({ connectionString: desk.databaseUrl, max: 2 });
  db.on('error', () => undefined);
  await until('the sample', 30_000, async () => {
    const { rows } = await db.query(`select 1 from article limit 1`);
    return rows.length > 0 ? true : undefined;
  });
  pools.push(db);
  return { desk, relay, db, workerEnv: {} };
}

const pools: pg.Pool[] = [];

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end().catch(() => undefined)));
});

interface Wishes {
  /** local parts, or addresses; their names say what the server does to each */
  readers: string[];
  list?: Record<string, unknown>;
}

let number = 0;

/** One fault, tried on a list of its own. */
export class Trial {
  readonly startedAt = Date.now();
  /** its own; they end with it */
  readonly workers: Service[] = [];
  /** those that it shares with others */
  readonly running: Service[] = [];
  /** deliveries that may end unknown, by kills and by replies that were kept back */
  unknownAllowed = 0;
  /** CLOCK_OFFSET of the workers, in seconds */
  offset = 0;
  edition = '';

  private constructor(
    readonly name: string,
    readonly ground: Ground,
    readonly list: string,
    readonly readers: string[],
  ) {}

  /** A list whose own hour does not come, and its readers, active at once. */
  static async open(ground: Ground, name: string, { readers, list = {} }: Wishes): Promise<Trial> {
    const slug = `trial-${process.env.JEST_WORKER_ID ?? 0}-${++number}`;
    const addresses = readers.map((name) => (name.includes('@') ? name : `${name}@${slug}.example.org`));
    await post(ground, '/api/v1/lists', { slug, name: `Trial ${number}`, minStories: 1, maxStories: 4, ...list });
    const consent = { source: 'the trial of a fault', at: '2000-01-01T00:00:00Z' };
    const waiting = [...addresses];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let address; (address = waiting.pop());)
          await post(ground, '/api/v1/subscribers', { address, list: slug, confirmed: true, consent });
      }),
    );
    return new Trial(name, ground, slug, addresses);
  }

  /** Sends a special edition to all of them. */
  async send(): Promise<void> {
    this.edition = (await post<{ id: string }>(this.ground, '/api/v1/editions', { list: this.list })).id;
  }

  async worker(env: Record<string, string> = {}): Promise<Service> {
    const common = { ROLES: 'worker,clock', SEED: 'none', SMTP_CONNECTIONS: String(connections) };
    const settings = { ...common, ...this.ground.workerEnv, CLOCK_OFFSET: String(this.offset), ...env };
    const worker = await startService({ beside: this.ground.desk, env: settings, ready: false });
    this.workers.push(worker);
    return worker;
  }

  /** kill -9; what it had in hand may be of unknown outcome. */
  async kill(worker: Service): Promise<void> {
    this.unknownAllowed += connections;
    await worker.kill9();
  }

  /** Lets the time pass that a retry waits for, or the rest of a domain. */
  async hasten(): Promise<void> {
    await this.ground.db.query(
      `update delivery d set next_at = clock_timestamp() where d.state = 'queued' and ${ours} returning open_slice(d)`,
      [this.list],
    );
    await this.ground.db.query(`update recipient_domain set paused_until = clock_timestamp()`);
  }

  /** An admin's act on the edition: `pause`, `resume`, `cancel`. */
  async act(verb: string): Promise<number> {
    return (await this.ground.desk.api(`/api/v1/editions/${this.edition}/${verb}`, { method: 'POST' })).status;
  }

  /** Goes on if the service has paused the edition by itself; else nothing. */
  async resume(): Promise<void> {
    await this.act('resume');
  }

  async unsubscribe(address: string): Promise<void> {
    const { rows } = await this.ground.db.query<{ id: string }>(
      `select s.id from subscription s join subscriber r on r.id = s.subscriber_id join list l on l.id = s.list_id
        where r.address = $1 and l.slug = $2`,
      [address, this.list],
    );
    const token = new Tokens({ SECRET: this.ground.desk.settings.SECRET! } as never).sign('unsubscribe', rows[0]!.id);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const response = await fetch(`${this.ground.desk.baseUrl}/unsubscribe/${token}`, { method: 'POST', body });
    expect(response.status).toBe(200);
  }

  get taken(): number {
    return this.ground.relay.accepted.filter(({ recipient }) => this.readers.includes(recipient)).length;
  }

  untilTaken(count: number, limitMs = 60_000): Promise<true> {
    return until(`${count} letters of “${this.name}”`, limitMs, async () => (this.taken >= count ? true : undefined));
  }

  async counts(): Promise<Record<string, number>> {
    const { rows } = await this.ground.db.query<{ state: string; n: number }>(
      `select d.state, count(*)::int as n from delivery d where ${ours} group by 1`,
      [this.list],
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  }

  /** Waits until nothing is in hand and nothing is due. */
  drained(limitMs = 120_000): Promise<true> {
    return until(`“${this.name}” to drain`, limitMs, async () => {
      const { rows } = await this.ground.db.query(
        `select 1 from delivery d join edition e on e.id = d.edition_id
          where ${ours} and (d.state = 'armed'
             or d.state = 'queued' and d.next_at <= clock_timestamp() + make_interval(secs => $2) and e.state not in ('paused', 'held')
             and not exists (select 1 from recipient_domain p join subscriber r on p.domain = split_part(r.address, '@', -1)
                               join subscription s on s.subscriber_id = r.id
                              where s.id = d.subscription_id and p.paused_until > clock_timestamp() + make_interval(secs => $2)))
         limit 1`,
        [this.list, this.offset],
      );
      return rows.length === 0 ? true : undefined;
    });
  }

  /** Ends the workers, holds the log against the ledger, says in one line what came out, and fails if it is not well. */
  async judge(expected: Record<string, number> = {}): Promise<void> {
    await Promise.all(this.workers.map(async (worker) => worker.ending ?? worker.stop()));
    const { desk, relay, db } = this.ground;
    await desk.waitUntilReady(15_000);
    const programLogs = [desk, ...this.workers, ...this.running].map((program) => program.logs).join('\n');
    const now = new Date(Date.now() + this.offset * 1000);
    const { list, readers, unknownAllowed } = this;
    const evidence: Evidence = { list, readers, unknownAllowed, log: relay.accepted, programLogs, now };
    const broken = (await checkLedger(db, evidence)).filter(({ violations }) => violations.length > 0);
    const counts = await this.counts();
    this.tell(
      counts,
      broken.map(({ name }) => name),
    );
    expect(broken).toEqual([]);
    expect(counts).toMatchObject(expected);
  }

  private tell(counts: Record<string, number>, broken: string[]): void {
    const letters = this.ground.relay.accepted.filter(({ recipient }) => this.readers.includes(recipient));
    const different = new Set(letters.map(({ messageId, recipient }) => key(messageId, recipient))).size;
    const line = [
      this.name,
      this.readers.length,
      counts.accepted ?? 0,
      counts.unknown ?? 0,
      letters.length - different,
      ((Date.now() - this.startedAt) / 1000).toFixed(0),
      broken.length === 0 ? 'ok' : `violated: ${broken.join(', ')}`,
    ].join(' | ');
    if (process.env.FAULTS_TABLE) appendFileSync(process.env.FAULTS_TABLE, `| ${line} |\n`);
    process.stdout.write(`| ${line} |\n`);
  }
}

const ours = `d.edition_id in (select e.id from edition e join list l on l.id = e.list_id where l.slug = $1)`;

async function post<T>(ground: Ground, path: string, body: unknown): Promise<T> {
  const response = await ground.desk.api(path, { method: 'POST', body });
  if (response.status >= 300) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** `count` local parts of one name: `ok.1`, `ok.2` … */
export const named = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}.${index + 1}`);
