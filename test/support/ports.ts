import { createServer } from 'node:net';

// Below the ports that systems hand out for outgoing connections, and apart for each worker of Jest.
const first = 12_000 + Number(process.env.JEST_WORKER_ID ?? 0) * 1_000;
let next = first + (process.pid % 500);

/** A port of 127.0.0.1 on which nothing listens, and which no other test is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    next = next >= first + 999 ? first : next + 1;
    if (await isFree(next)) return next;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}
