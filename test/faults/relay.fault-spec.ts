import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, it } from '@jest/globals';
import type { Fault, Phase } from '../support/recipient-fault.js';
import type { Service } from '../support/service.js';
import { connections, named, prepareGround, Trial, type Ground } from '../support/trial.js';
import { until } from '../support/until.js';

let ground: Ground;
let workers: Service[];

beforeAll(async () => {
  ground = await prepareGround();
  const idle = await Trial.open(ground, 'idle', { readers: [] });
  workers = await Promise.all([idle.worker(), idle.worker()]);
}, 60_000);

async function open(name: string, count = 60): Promise<Trial> {
  const trial = await Trial.open(ground, name, { readers: named('ok', count) });
  trial.running.push(...workers);
  return trial;
}

/** Until everybody has their letter, whatever pauses are in the way. */
async function finish(trial: Trial, rounds = 4): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await trial.drained();
    const { accepted = 0, unknown = 0 } = await trial.counts();
    if (accepted + unknown === trial.readers.length) break;
    await trial.resume();
    await trial.hasten();
  }
  const { unknown = 0 } = await trial.counts();
  await trial.judge({ accepted: trial.readers.length - unknown });
}

describe('trouble with the relay itself concerns no reader', () => {
  it('down for ten seconds in mid-edition', async () => {
    const trial = await open('relay down for 10 s');
    const gate = ground.relay.hold('rcpt', /^ok\.30@/);
    await trial.send();
    await gate.reached;
    ground.relay.down();
    gate.release();
    await until('/health/ready to tell, and pages to be served', 15_000, async () => {
      const { status, degraded } = await ground.desk.readiness();
      return status === 200 && degraded.includes('smtp') ? true : undefined;
    });
    await sleep(10_000);
    await ground.relay.up();
    trial.unknownAllowed = 2 * connections; // lines that were cut after the final dot
    await finish(trial);
  });

  it('slow: 300 ms before every reply', async () => {
    ground.relay.replyDelayMs = 300;
    const trial = await open('slow relay, 300 ms for each reply');
    await trial.send();
    await trial.untilTaken(60);
    ground.relay.replyDelayMs = 0;
    await finish(trial);
  });

  it.each([
    ['dropped before the greeting', 'greeting', { act: 'drop' }],
    ['421 at the greeting', 'greeting', { act: 'reply', text: '421 4.3.2 not now' }],
    ['554 at the greeting', 'greeting', { act: 'reply', text: '554 5.3.2 go away' }],
    ['dropped at EHLO', 'ehlo', { act: 'drop' }],
    ['MAIL FROM: 451', 'mail', { act: 'reply', text: '451 4.3.0 not now' }],
    ['MAIL FROM: 550 5.7.1', 'mail', { act: 'reply', text: '550 5.7.1 sender not wanted' }],
    ['line dropped at MAIL FROM', 'mail', { act: 'drop' }],
  ] as [string, Phase, Fault][])('%s', async (name, phase, fault) => {
    const trial = await open(name, 30);
    if (phase !== 'mail') {
      ground.relay.down(); // kept sessions are beyond their greeting
      await ground.relay.up();
    }
    // A channel rests 5 s, then 10, 20 …: each of the two workers needs two rounds.
    ground.relay.misbehave(phase, fault, 4);
    await trial.send();
    await trial.drained();
    ground.relay.misbehave(phase, null);
    await finish(trial);
  });
});
