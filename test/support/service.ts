import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { Child, type Ending } from './child.js';
import { freshDatabase } from './database.js';
import { holdToDocument } from './hold-to-document.js';
import { Mailbox } from './mailbox.js';
import { freePort } from './ports.js';
import { until } from './until.js';

interface Wishes {
  /** settings to add or to replace, such as CLOCK_OFFSET */
  env?: Record<string, string>;
  /** another instance, whose database, mailbox, key and secret this one shares */
  beside?: Service;
  /** false: do not wait for /health/ready */
  ready?: boolean;
}

/** Starts the built program (dist/main.js) on free ports, with the sample. It ends with the test file at the latest. */
export async function startService({ env = {}, beside, ready = true }: Wishes = {}): Promise<Service> {
  const common = beside ? beside.common : await commonSettings();
  const mail = beside ? { SMTP_URL: beside.smtpUrl } : await mailboxPorts();
  const settings = {
    ...common,
    ...mail,
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    DATA_DIR: temporaryFolder(),
    ...env,
  };
  const child = new Child(['--enable-source-maps', 'dist/main.js'], {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...settings,
  });
  const service = new Service(child, settings, common, beside);
  if (ready) await service.waitUntilReady();
  return service;
}

/** The running program, as readers, admins and operators see it. */
export class Service {
  /** address of pages and API, without a slash at its end */
  readonly baseUrl: string;
  readonly mailbox: Mailbox;
  readonly smtpUrl: string;

  constructor(
    private readonly child: Child,
    readonly settings: Record<string, string>,
    readonly common: Record<string, string>,
    beside: Service | undefined,
  ) {
    this.baseUrl = `http://127.0.0.1:${settings.PORT}`;
    this.mailbox = beside?.mailbox ?? new Mailbox(`http://127.0.0.1:${settings.MAILBOX_PORT}`);
    this.smtpUrl = settings.SMTP_URL ?? `smtp://127.0.0.1:${settings.MAILBOX_SMTP_PORT}`;
  }

  get databaseUrl(): string {
    return this.settings.DATABASE_URL!;
  }

  get apiKey(): string {
    return this.settings.ADMIN_API_KEY!;
  }

  get pid(): number {
    return this.child.pid;
  }

  /** How it has ended, once it has. */
  get ending(): Ending | undefined {
    return this.child.ending;
  }

  /** What it has written so far. */
  get logs(): string {
    return this.child.logs;
  }

  /** Asks the admin API; `path` begins with /api. A body that is no string is sent as JSON. The answer is as the API's document says. */
  async api(
    path: string,
    { body, headers, ...rest }: Omit<RequestInit, 'body'> & { body?: unknown } = {},
  ): Promise<Response> {
    const json = body !== undefined && typeof body !== 'string';
    const response = await fetch(`${this.baseUrl}${path}`, {
      ...rest,
      headers: {
        authorization: `Bearer ${this.apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(headers as Record<string, string>),
      },
      body: json ? JSON.stringify(body) : (body as string | undefined),
    });
    await holdToDocument(this.baseUrl, rest.method ?? 'GET', path, response);
    return response;
  }

  /** What /health/ready says: the status, and what is in trouble, with a sentence for each. */
  async readiness(): Promise<{ status: number; degraded: string[]; details: Record<string, { message?: string }> }> {
    const response = await fetch(`${this.baseUrl}/health/ready`);
    const body = (await response.json()) as { degraded: string[]; details: Record<string, { message?: string }> };
    return { ...body, status: response.status };
  }

  /** Waits until it serves and nothing else is in trouble. */
  async waitUntilReady(limitMs = 60_000): Promise<void> {
    const ready = until('the service to be ready', limitMs, async () => {
      const { status, degraded } = await this.readiness();
      return status === 200 && degraded.length === 0 ? true : undefined;
    });
    const outcome = await Promise.race([
      ready.then(() => 'ready', String),
      this.child.ended.then(({ code }) => `ended with code ${code}`),
    ]);
    ready.catch(() => undefined);
    if (outcome !== 'ready') throw new Error(`The service is not ready: ${outcome}\n${this.logs}`);
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ending> {
    return this.child.stop(signal);
  }

  /** Ends it as a crash does: nothing is settled, nothing is said. */
  async kill9(): Promise<void> {
    await this.child.stop('SIGKILL');
  }

  /** Waits for an end that nobody asked for, such as that of a wrong setting. */
  ended(): Promise<Ending> {
    return this.child.ended;
  }
}

async function commonSettings(): Promise<Record<string, string>> {
  const database = await freshDatabase();
  afterwards.push(() => database.drop());
  return {
    DATABASE_URL: database.url,
    SECRET: 'k1:a-secret-of-the-journeys-that-is-long-enough',
    ADMIN_API_KEY: 'the-admin-key-of-the-journeys',
    SEED: 'sample',
    SIGN_UPS_PER_NETWORK: '100000',
    SIGN_UPS_PER_DOMAIN: '100000',
  };
}

async function mailboxPorts(): Promise<Record<string, string>> {
  return { MAILBOX_PORT: String(await freePort()), MAILBOX_SMTP_PORT: String(await freePort()) };
}

/** Goes with the test file. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'brief-service-'));
  afterwards.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const afterwards: (() => Promise<void> | void)[] = [];

// Declared after that of child.ts, hence run after it: the services have ended.
afterAll(async () => {
  for (const work of afterwards.splice(0)) await work();
});
