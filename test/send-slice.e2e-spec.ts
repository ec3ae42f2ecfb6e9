import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Config } from '../src/config.js';
import { sql } from '../src/database/sql.js';
import type { Attempt } from '../src/deliveries/attempt.js';
import type { ApplyEffect } from '../src/deliveries/apply-effect.js';
import type { FillLetter } from '../src/deliveries/fill-letter.js';
import type { KeepRates } from '../src/deliveries/keep-rates.js';
import type { ReturnPaths } from '../src/deliveries/return-paths.js';
import { SendSlice } from '../src/deliveries/send-slice.js';
import type { Channels } from '../src/mail/channels.js';
import { readReply } from '../src/mail/smtp-outcome.js';
import type { Envelope } from '../src/mail/smtp-session.js';
import type { Queue } from '../src/queue/queue.js';
import { clock, Ledger, writerOn } from './support/ledger.js';

const readers = 100;
const letterMs = 50;
const config = { SMTP_CONNECTIONS: 2 } as Config;
let ledger: Ledger;

beforeAll(async () => {
  ledger = await Ledger.open(readers);
});
afterAll(() => ledger.db.destroy());

/** A worker's way through a slice: everything but a relay and the letters' words. */
function sendSlice(channels: Pick<Channels, 'send' | 'paused'>): SendSlice {
  const { db, tendSlice, closeEditions } = ledger;
  return new SendSlice(
    db,
    clock,
    {} as Queue,
    channels as Channels,
    { run: async (attempts: Attempt[]) => attempts } as KeepRates,
    writerOn(db, config.SMTP_CONNECTIONS),
    {
      run: async () => ({ from: { name: '', address: 'brief@news.example' }, raw: Buffer.of() }),
    } as unknown as FillLetter,
    tendSlice,
    closeEditions,
    { of: () => null } as unknown as ReturnPaths,
    {} as ApplyEffect,
    config,
  );
}

describe('a worker that goes through a slice', () => {
  it('begins again after ten seconds, for the letters it has passed that are due by then', async () => {
    await ledger.plan();
    const [first] = await sql<{ id: string; to: string }>(
      ledger.db,
      `update delivery d set next_at = now() + interval '1 second' from subscription s join subscriber r on r.id = s.subscriber_id
        where s.id = d.subscription_id and d.id = (select min(id) from delivery) returning d.id, r.address as to`,
    );
    const sent: string[] = [];
    const send = async ({ to }: Envelope, _raw: Buffer, arm: () => Promise<boolean>) => {
      expect(await arm()).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, letterMs));
      sent.push(to);
      return readReply('letter', '250 2.0.0 taken');
    };
    const real = performance.now.bind(performance);
    const faster = jest.spyOn(performance, 'now').mockImplementation(() => 20 * real());
    const slice = {
      editionId: ledger.edition,
      firstId: first!.id,
      lastId: String(BigInt(first!.id) + BigInt(readers)),
    };
    await sendSlice({ send, paused: false }).run(slice, new AbortController().signal);
    faster.mockRestore();

    expect(new Set(sent).size).toBe(readers);
    expect(sent).toHaveLength(readers);
    const place = sent.indexOf(first!.to);
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(readers - 10);
  });
});
