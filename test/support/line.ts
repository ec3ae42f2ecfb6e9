import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** A line to a database that a test can cut, freeze and mend. */
export async function lineTo(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const answering = new Set<Socket>();
  let server: Server;
  let frozen = false;

  const open = async (port: number) => {
    server = createServer((inner) => {
      const outer = connect(Number(target.port || 5432), target.hostname);
      for (const socket of [inner, outer])
        sockets.add(socket.on('error', () => undefined).on('close', () => (inner.destroy(), outer.destroy())));
      answering.add(outer);
      inner.pipe(outer).pipe(inner);
      if (frozen) inner.pause();
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await open(0);
  const { port } = server!.address() as { port: number };
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);

  return {
    url: url.href,
    cut: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      answering.clear();
    },
    mend: () => open(port),
    /** What is asked still arrives and is done; no answer comes back. */
    silence: () => {
      for (const socket of answering) socket.pause();
    },
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
  };
}
