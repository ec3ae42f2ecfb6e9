import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { sql } from '../../src/database/sql.js';
import { HealthChecks } from '../../src/health/health-checks.js';
import { Metrics } from '../../src/health/metrics.js';
import { call, startApiApp, type ApiApp } from '../support/api-app.js';
import { freshDatabase } from '../support/database.js';
import { lineTo } from '../support/line.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let line: Awaited<ReturnType<typeof lineTo>>;
let api: ApiApp;

beforeAll(async () => {
  database = await freshDatabase();
  line = await lineTo(database.url);
  api = await startApiApp(line.url);
});

afterAll(async () => {
  line.cut();
  await api?.stop();
  await database?.drop();
});

const ready = () => call(api.url, 'GET', '/health/ready');
const red = async () => Object.keys((await ready()).json.error);

async function within(seconds: number, status: number) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ready();
    if (answer.status === status || performance.now() > end) return answer;
    await sleep(100);
  }
}

async function untilDegraded(names: string[]) {
  for (const end = performance.now() + 5_000; ; await sleep(100)) {
    const answer = await ready();
    if (String(answer.json.degraded) === String(names) || performance.now() > end) return answer;
  }
}

describe('/health/ready', () => {
  it('goes red in seconds when Postgres goes away, says what is red, and recovers; the process stays alive', async () => {
    expect((await ready()).status).toBe(200);
    line.cut();
    expect((await within(5, 503)).status).toBe(503);
    expect((await red()).sort()).toEqual(['database', 'migrations']);
    expect((await call(api.url, 'GET', '/health/live')).status).toBe(200);
    const away = await call(api.url, 'GET', '/api/v1/keys', { key: 'x'.repeat(24) });
    expect([away.status, away.type, away.headers.get('retry-after')]).toEqual([503, 'application/problem+json', '5']);
    await line.mend();
    expect((await within(5, 200)).status).toBe(200);
  });

  it('goes red when Postgres hangs, and recovers', async () => {
    line.freeze();
    expect((await within(5, 503)).status).toBe(503);
    line.thaw();
    expect((await within(5, 200)).status).toBe(200);
  });

  it('names a migration that has not run', async () => {
    const db = api.app.get(DataSource);
    const [last] = await sql<{ name: string; timestamp: string }>(
      db,
      'delete from migrations where id = (select max(id) from migrations) returning name, timestamp',
    );
    await sleep(1_100);
    const { status, json } = await ready();
    expect([status, json.error.migrations?.message]).toEqual([503, `Not yet run: ${last!.name}.`]);
    await sql(db, 'insert into migrations (name, timestamp) values ($1, $2)', [last!.name, last!.timestamp]);
    expect((await within(5, 200)).status).toBe(200);
  });

  it('says what else is in trouble, with the sentence of its check and one alarm, and pages are served', async () => {
    let well = false;
    api.app.get(HealthChecks).watch('smtp', async () => {
      if (!well) throw new Error('The relay refused the connection.');
    });
    const { status, json } = await untilDegraded(['smtp']);
    expect([status, json.status, json.details.smtp]).toEqual([
      200,
      'degraded',
      expect.objectContaining({ status: 'degraded', message: 'The relay refused the connection.' }),
    ]);
    await sleep(1_100);
    expect((await ready()).json.degraded).toEqual(['smtp']);
    expect((await call(api.url, 'GET', '/metrics')).text).toContain('alarms_total{kind="degraded"} 1');
    well = true;
    expect((await untilDegraded([])).json).toMatchObject({ status: 'ok', info: { smtp: { status: 'up' } } });
  });

  it('does not wait for a relay that greets after four seconds: 200, degraded', async () => {
    api.app.get(HealthChecks).watch('smtp', () => sleep(4_000));
    const begun = performance.now();
    const { status, json } = await untilDegraded(['smtp']);
    expect([status, json.degraded, performance.now() - begun < 3_900]).toEqual([200, ['smtp'], true]);
    api.app.get(HealthChecks).watch('smtp', async () => undefined);
  });

  it('is red without the database, whatever else is in trouble', async () => {
    api.app.get(HealthChecks).watch('smtp', async () => {
      throw new Error('away');
    });
    line.cut();
    expect((await within(5, 503)).status).toBe(503);
    await line.mend();
    api.app.get(HealthChecks).watch('smtp', async () => undefined);
    expect((await within(5, 200)).status).toBe(200);
  });
});

describe('/metrics', () => {
  it('is there without a key, with the process’s own figures', async () => {
    const { type, text } = await call(api.url, 'GET', '/metrics');
    expect(type).toContain('text/plain');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('holds what stages count', async () => {
    const metrics = api.app.get(Metrics);
    metrics.counter('brief_letters_total', 'letters handed over', ['outcome']).inc({ outcome: 'accepted' });
    metrics.gauge('brief_waiting', 'letters that wait', [], (gauge) => gauge.set(3));
    const { text } = await call(api.url, 'GET', '/metrics');
    expect(text).toContain('brief_letters_total{outcome="accepted"} 1');
    expect(text).toContain('brief_waiting 3');
  });
});
