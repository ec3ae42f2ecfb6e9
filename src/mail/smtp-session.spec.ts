import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SmtpSession } from './smtp-session.js';

const end = '\r\n.\r\n';
let server: Server;

/** Takes one letter and remembers its bytes as they came. */
async function openSession(): Promise<{ session: SmtpSession; letter: Promise<string> }> {
  const letter = Promise.withResolvers<string>();
  server = createServer((socket) => {
    let seen = '';
    let inLetter = false;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (inLetter && !seen.endsWith(end)) return;
      if (inLetter) letter.resolve(seen);
      socket.write(inLetter ? '250 2.0.0 taken\r\n' : seen.startsWith('DATA') ? '354 go on\r\n' : '250 ok\r\n');
      inLetter = !inLetter && seen.startsWith('DATA');
      seen = '';
    });
    socket.write('220 here\r\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { session: await SmtpSession.open({ connection: { host: '127.0.0.1', port } }), letter: letter.promise };
}

afterEach(() => void server.close());

const envelope = { from: 'brief@news.example', to: 'reader@example.org' };

describe('a session with the relay', () => {
  it.each([
    ['a line that begins with a dot', 'A: b\r\n\r\n.\r\n..two\r\nplain.\r\n', 'A: b\r\n\r\n..\r\n...two\r\nplain.'],
    ['no line end at its end', 'A: b\r\n\r\nbody', 'A: b\r\n\r\nbody'],
    [
      'more than a socket takes at once',
      `A: b\r\n\r\n${'.x\r\n'.repeat(99_999)}`,
      `A: b\r\n\r\n${'..x\r\n'.repeat(99_999)}`.slice(0, -2),
    ],
  ])('carries a letter with %s unchanged but for its dots', async (_what, raw, onTheWire) => {
    const { session, letter } = await openSession();
    const outcome = await session.send(envelope, Buffer.from(raw), async () => true);
    expect(outcome).toMatchObject({ kind: 'reply', phase: 'letter', code: 250 });
    expect((await letter) === onTheWire + end).toBe(true);
    session.quit();
  });

  it('sends not a byte of a letter that is not armed, nor the final dot', async () => {
    const { session, letter } = await openSession();
    const nothing = Symbol('nothing');
    expect(await session.send(envelope, Buffer.from('A: b\r\n\r\nbody\r\n'), async () => false)).toEqual({
      kind: 'not armed',
    });
    expect(session.usable).toBe(false);
    expect(await Promise.race([letter, Promise.resolve(nothing)])).toBe(nothing);
  });
});
