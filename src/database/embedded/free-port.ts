import { createServer, type AddressInfo } from 'node:net';

/** A port of 127.0.0.1 that is free now: `wanted` if it is, else one of the system's choice. */
export async function freePort(wanted: number | null): Promise<number> {
  return (wanted && (await probe(wanted))) || (await probe(0))!;
}

function probe(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
  });
}
