import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../src/config.js';
import type { Alarms } from '../src/health/alarms.js';
import type { Allowance } from '../src/mail/allowance.js';
import { SmtpChannel } from '../src/mail/smtp-channel.js';
import { wasAccepted, type SmtpOutcome } from '../src/mail/smtp-outcome.js';
import { ReplyServer } from './support/reply-server.js';

const connections = 4;
const allowance = { dry: false, take: async () => true } as unknown as Allowance;

let relay: ReplyServer;
let channel: SmtpChannel;
let raised: string[];

beforeEach(async () => {
  relay = await ReplyServer.start();
  raised = [];
  open(relay.url);
});
afterEach(() => channel.quit());

function open(url: string): void {
  const settings = { name: 'default', url, weight: 1, connections, perSecond: null, warmUp: [] };
  const alarms = { raise: (_kind: string, sentence: string) => raised.push(sentence) } as unknown as Alarms;
  channel = new SmtpChannel(settings, allowance, alarms, { PUBLIC_URL: 'http://localhost:1' } as Config);
}

const raw = Buffer.from('Subject: hello\r\n\r\nhello\r\n');
const send = (to: string, arm = async () => true): Promise<SmtpOutcome> =>
  channel.send({ from: 'brief@example.org', to }, raw, arm);
const sendMany = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => send(`reader${n}@example.org`)));

describe('a relay that takes a few letters in a session and then says 421 to MAIL', () => {
  it('costs no reader an attempt, and the channel none of its connections', async () => {
    relay.lettersPerSession = 3;
    relay.delayMs = 20;
    expect((await sendMany(40)).filter(wasAccepted)).toHaveLength(40);
    expect(relay.accepted).toHaveLength(40);
    relay.mostAtOnce = 0;
    await sendMany(8);
    expect(relay.mostAtOnce).toBe(connections);
  });

  it('asks for less if it says so to a fresh session too, and the letter waits', async () => {
    await sendMany(4); // sessions that are kept open
    relay.say = (phase) => (phase === 'sender' ? '421 4.3.2 not now' : undefined);
    expect(await send('reader@example.org')).toMatchObject({ kind: 'reply', phase: 'sender', code: 421 });
    relay.say = () => undefined;
    relay.delayMs = 20;
    relay.mostAtOnce = 0;
    await sendMany(8);
    expect(relay.mostAtOnce).toBe(connections / 2);
  });

  it('is not asked a second time for a letter that was armed', async () => {
    await send('first@example.org');
    relay.say = (phase) => (phase === 'letter' ? '421 4.3.2 closing' : undefined);
    let armed = 0;
    const outcome = await send('reader@example.org', async () => ++armed > 0);
    expect([outcome, armed]).toEqual([expect.objectContaining({ phase: 'letter', code: 421 }), 1]);
  });
});

describe('a relay that answers AUTH with 454', () => {
  it('rests for a moment, tells nobody to correct the password, and goes on by itself', async () => {
    open(relay.url.replace('//', '//desk:hunter2@'));
    relay.auth = '454 4.7.0 temporary authentication failure';
    expect(await send('reader@example.org')).toMatchObject({ kind: 'no session' });
    expect(raised).toEqual(['The relay does not take letters now: it answers 454.']);
    expect(channel.paused).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    expect(channel.paused).toBe(false);
    relay.auth = '235 2.7.0 welcome';
    expect(wasAccepted(await send('reader@example.org'))).toBe(true);
  });

  it('asks for a person if it says 535', async () => {
    open(relay.url.replace('//', '//desk:hunter2@'));
    await send('reader@example.org');
    expect(raised).toEqual([expect.stringContaining('correct them')]);
  });
});
