// npm run edition -- ID [--watch]: how far an edition is, from the API of a running service.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Stop } from './root.mjs';

const everyMs = 2000;
const barWidth = 24;
const open = ['queued', 'armed'];
const failed = ['cancelled', 'held', 'skipped'];
const usage = 'npm run edition -- ID [--watch], where ID is the number of an edition (GET /api/v1/editions lists them)';

/** @returns the exit code: 0, or 1 for an edition that was cancelled, held or skipped */
export async function edition(args) {
  const { id, watch } = readArgs(args);
  const line = new Line();
  for (;;) {
    const seen = await read(id);
    line.show(seen);
    const over = seen.state === 'done' || failed.includes(seen.state);
    if (!over && watch) {
      await sleep(everyMs);
      continue;
    }
    line.end();
    return failed.includes(seen.state) ? 1 : 0;
  }
}

function readArgs(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { watch: { type: 'boolean' } },
    });
    if (positionals.length === 1 && /^\d+$/.test(positionals[0])) return { id: positionals[0], watch: values.watch };
  } catch {
    // an unknown option: the usage says which there are
  }
  throw new Stop(usage);
}

async function read(id) {
  const { PUBLIC_URL, PORT = '3000', ADMIN_API_KEY } = process.env;
  const service = (PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '');
  if (!ADMIN_API_KEY)
    throw new Stop('ADMIN_API_KEY is not set. Expected: an admin key, as in ADMIN_API_KEY=… npm run edition -- 1');
  const headers = { authorization: `Bearer ${ADMIN_API_KEY}` };
  const answer = await fetch(`${service}/api/v1/editions/${id}`, { headers }).catch(() => {
    throw new Stop(`Nobody answers at ${service}. Start the service, or set PUBLIC_URL or PORT to where it is.`);
  });
  if (answer.status === 401) throw new Stop(`${service} does not know the key in ADMIN_API_KEY (401).`);
  if (answer.status === 404) throw new Stop(`${service} has no edition ${id} (404). GET /api/v1/editions lists them.`);
  if (!answer.ok) throw new Stop(`${service} answers ${answer.status} instead of edition ${id}.`);
  return answer.json();
}

/** At a terminal one line that is drawn anew, with a bar; elsewhere a line whenever something has changed. */
class Line {
  shown = '';

  show(seen) {
    const text = describe(seen);
    const { isTTY, columns } = process.stdout;
    if (isTTY) process.stdout.write(`\r\x1b[K${`${bar(seen)} ${text}`.slice(0, (columns || 80) - 1)}`);
    else if (text !== this.shown) console.log(text);
    this.shown = text;
  }

  end() {
    if (process.stdout.isTTY) process.stdout.write('\n');
  }
}

function describe({ id, state, reason, counts, rate, estimatedEnd }) {
  const { settled, all } = progress(counts);
  const states = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return [
    `edition ${id} ${state}${reason ? ` (${reason})` : ''}: ${settled} of ${all}`,
    ...states,
    ...(state === 'sending' ? [`${rate}/s`] : []),
    ...(estimatedEnd ? [`over at ${new Date(estimatedEnd).toLocaleTimeString()}`] : []),
  ].join(', ');
}

function bar({ counts }) {
  const { settled, all } = progress(counts);
  const full = all === 0 ? 0 : Math.floor((barWidth * settled) / all);
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}]`;
}

function progress(counts) {
  const sum = (names) => names.reduce((total, name) => total + (counts[name] ?? 0), 0);
  const all = sum(Object.keys(counts));
  return { all, settled: all - sum(open) };
}
