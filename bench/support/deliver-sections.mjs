import { execFileSync, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { openSink } from './ground.mjs';
import { sendBare, sendEdition } from './send.mjs';

export { plan } from './plan-section.mjs';
export { tick } from './tick-section.mjs';

const letterBytes = 20_480;
const connections = 16;
const perSecond = (rate) => `${Math.round(rate)}/s`;
const mean = (...values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const flagsOf = ({ profile }) => (profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []);

/** The machine is shared: the yardstick is laid on before and after. Thrice as many letters as elsewhere, for V8 compiles in the first seconds. */
export async function wire(ground, size) {
  const letters = 3 * size.letters;
  const bareRun = () => sendBare({ letters, connections, bytes: letterBytes });
  const before = await bareRun();
  const ours = await sendEdition(ground, { readers: letters, connections, nodeFlags: flagsOf(size) });
  const after = await bareRun();
  const bare = mean(before.rate, after.rate);
  const seconds = (value) => value.toFixed(2);
  return [
    {
      what: `personal letters through the ledger, one worker, ${connections} connections`,
      measured: perSecond(ours.rate),
      yardstick: `nodemailer's bare connection ${perSecond(bare)}; ${await smtpSource(letters)}`,
      ratio: ours.rate / bare,
      wanted: '≥ 0.6',
    },
    {
      what: 'CPU seconds per 1,000 letters, with the ledger',
      measured: `worker ${seconds(ours.cpu.worker)} + Postgres ${seconds(ours.cpu.postgres)}`,
      yardstick: `without a ledger, prebuilt letters: ${seconds(mean(before.cpu, after.cpu))}`,
    },
  ];
}

async function smtpSource(letters) {
  if (spawnSync('smtp-source').error) return 'smtp-source is not installed (Debian: postfix)';
  const sink = await openSink();
  const from = ['-f', 'brief@news.example', '-t', 'reader@example.org'];
  const began = performance.now();
  execFileSync('smtp-source', [
    '-d',
    '-s',
    connections,
    '-m',
    letters,
    '-l',
    letterBytes,
    ...from,
    `127.0.0.1:${sink.port}`,
  ]);
  const rate = (letters / (performance.now() - began)) * 1000;
  await sink.close();
  return `smtp-source -d ${perSecond(rate)}`;
}

export async function dkim(ground, size) {
  const readers = Math.ceil(size.letters / 2);
  const before = signaturesPerSecond();
  const ours = await sendEdition(ground, { readers, connections, settings: ground.dkim(), nodeFlags: flagsOf(size) });
  const openssl = mean(before, signaturesPerSecond());
  return [
    {
      what: 'the same with DKIM, RSA-2048',
      measured: perSecond(ours.rate),
      yardstick: `openssl speed -multi ${availableParallelism()} rsa2048: ${perSecond(openssl)}`,
      ratio: ours.rate / openssl,
      wanted: '≥ 0.4',
    },
  ];
}

function signaturesPerSecond() {
  const args = ['speed', '-multi', String(availableParallelism()), '-seconds', '3', 'rsa2048'];
  const said = execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return Number(/^rsa\s+2048 bits\s+\S+\s+\S+\s+([\d.]+)/m.exec(said)[1]);
}

/** 50 ms per reply: what the line allows is connections / (round trips × 0.05 s). */
export async function relay(ground, size) {
  const lanes = 64;
  const delayMs = 50;
  const rows = [];
  for (const [pipelining, trips, wanted] of [
    [false, 4, '≥ 0.9'],
    [true, 2, 'towards 1'],
  ]) {
    const readers = Math.ceil(size.letters / (pipelining ? 2 : 4));
    const { rate } = await sendEdition(ground, { readers, connections: lanes, sink: { delayMs, pipelining } });
    const allowed = lanes / (trips * (delayMs / 1000));
    rows.push({
      what: `a relay with ${delayMs} ms per reply, ${lanes} connections${pipelining ? ', PIPELINING offered' : ''}`,
      measured: perSecond(rate),
      yardstick: `${lanes} / (${trips} × ${delayMs / 1000} s) = ${perSecond(allowed)}`,
      ratio: rate / allowed,
      wanted,
    });
  }
  return rows;
}

export async function workers(ground, size) {
  const readers = Math.ceil(size.letters / 2);
  const sink = { delayMs: 20, pipelining: false };
  const one = await sendEdition(ground, { readers, connections, sink });
  const two = await sendEdition(ground, { readers, connections, sink, workers: 2 });
  return [
    {
      what: `two workers, ${connections} connections each, a sink that waits ${sink.delayMs} ms`,
      measured: perSecond(two.rate),
      yardstick: `one worker ${perSecond(one.rate)}`,
      ratio: two.rate / one.rate,
      wanted: '≥ 1.8',
    },
  ];
}

export async function memory(ground, size) {
  const until = 10_000;
  const few = await sendEdition(ground, { readers: until, connections });
  const many = await sendEdition(ground, {
    readers: size.readers,
    until: Math.min(size.readers, 5 * until),
    connections,
  });
  return [
    {
      what: `peak memory of a worker, ${size.readers} readers`,
      measured: `${many.peakMb.toFixed(0)} MB`,
      yardstick: `${until} readers: ${few.peakMb.toFixed(0)} MB`,
      ratio: many.peakMb / few.peakMb,
      wanted: '≤ 1.10',
    },
  ];
}
