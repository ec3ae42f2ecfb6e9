// Posts the sign-up form over some connections for some seconds, each time with an address of its own.
import { Pool } from 'undici';

const { url, connections, seconds, warmUpSeconds } = JSON.parse(process.argv[2]);
const pool = new Pool(url, { connections, pipelining: 1 });
const headers = { 'content-type': 'application/x-www-form-urlencoded' };
let posts = 0;

async function post() {
  const body = `email=reader${process.pid}.${posts++}%40example.org&list=daily&locale=en`;
  const began = performance.now();
  const { statusCode, body: answer } = await pool.request({ method: 'POST', path: '/subscribe', headers, body });
  await answer.dump();
  if (statusCode !== 200) throw new Error(`${statusCode} for a sign-up`);
  return performance.now() - began;
}

/** @returns milliseconds of each post that ended within the time */
async function load(ms) {
  const until = performance.now() + ms;
  const taken = [];
  const lane = async () => {
    while (performance.now() < until) taken.push(await post());
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return taken.sort((a, b) => a - b);
}

await load(warmUpSeconds * 1000);
const taken = await load(seconds * 1000);
process.send({ rate: taken.length / seconds, p99: taken[Math.floor(taken.length * 0.99)] });
await pool.close();
process.disconnect();
