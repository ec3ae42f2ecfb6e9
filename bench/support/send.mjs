import { once } from 'node:events';
import { openSink } from './ground.mjs';
import { addDeliveries, addReaders, countsOf } from './edition.mjs';
import { cpuSeconds, peakMemory, startScript, stop } from './processes.mjs';

const settled = 5_000;

/**
 * Sends an edition to `readers` readers by real processes: one with the role clock, `workers` with the role worker.
 * @returns {{ rate: number, cpu: { worker: number, postgres: number }, peakMb: number }} letters a second from the first to
 *   the last (or the one numbered `until`), CPU seconds per 1,000 letters, the peak memory of the largest worker
 */
export async function sendEdition(ground, wishes) {
  const { readers, connections, workers = 1, until = readers, sink: sinkSettings, settings = {}, nodeFlags } = wishes;
  const url = await ground.database();
  await addReaders(url, readers);
  const sink = await openSink(sinkSettings);
  const env = { SMTP_URL: sink.url, SMTP_CONNECTIONS: String(connections), ...settings };
  const team = Array.from({ length: workers }, () => ground.service(url, 'worker', env, nodeFlags));
  await Promise.all(team.map(isUp));
  await addDeliveries(url);
  const before = { postgres: ground.cpuSeconds, workers: team.map(({ pid }) => cpuSeconds(pid)) };
  const clock = ground.service(url, 'clock', env);
  const rate = await sink.rate(until, 600_000);
  const perThousand = 1000 / until;
  const cpu = {
    worker: perThousand * team.reduce((sum, { pid }, n) => sum + cpuSeconds(pid) - before.workers[n], 0),
    postgres: perThousand * (ground.cpuSeconds - before.postgres),
  };
  const peakMb = Math.max(...team.map(({ pid }) => peakMemory(pid)));
  await Promise.all([clock, ...team].map((child) => stop(child)));
  await check(sink, url, until === readers ? readers : null);
  await sink.close();
  return { rate, cpu, peakMb };
}

/** A rate counts only if nobody was missed and nobody got two. */
async function check(sink, url, expected) {
  const { letters } = await sink.seen();
  const { accepted = 0, ...others } = await countsOf(url);
  if (letters !== accepted || (expected !== null && accepted !== expected))
    throw new Error(`${letters} letters were taken, the ledger says ${JSON.stringify({ accepted, ...others })}`);
}

/** A worker without pages says nothing but its banner. */
async function isUp(child) {
  const limit = setTimeout(() => child.kill('SIGKILL'), 12 * settled);
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  clearTimeout(limit);
  if (child.exitCode !== null || child.signalCode !== null) throw new Error(`A worker has ended:\n${child.logs}`);
}

/** nodemailer's bare connection against a sink of the same kind. */
export async function sendBare({ letters, connections, bytes }) {
  const sink = await openSink();
  const child = startScript('bare.mjs', { port: sink.port, connections, letters, bytes });
  const [{ rate, cpuSeconds: seconds }] = await once(child, 'message');
  await sink.close();
  return { rate, cpu: (seconds / letters) * 1000 };
}
