import type { LookupFunction } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { buildConnector } from 'undici';
import { checkTarget, guardedConnector, guardedLookup, isOpened, RefusedTarget } from './guarded-connector.js';

const refusalOf = (address: string, opened: string[] = []): string | null => {
  try {
    checkTarget(new URL(address), opened);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(RefusedTarget);
    return (error as Error).message;
  }
};

describe('a host that the operator has opened', () => {
  it.each([
    ['http://paper.test/', 'paper.test', true],
    ['http://paper.test:8080/', 'paper.test', true],
    ['http://paper.test:8080/', 'Paper.TEST:8080', true],
    ['http://paper.test:8081/', 'paper.test:8080', false],
    ['http://paper.test/', 'paper.test:80', true],
    ['http://paper.test/', 'paper.test:443', false],
    ['https://paper.test/', 'paper.test:443', true],
    ['https://paper.test/', 'paper.test:80', false],
    ['http://other.test/', 'paper.test', false],
    ['http://paper.test.example/', 'paper.test', false],
    ['odd://Paper.test/', 'paper.test', true],
  ])('%s by %s: %j', (address, entry, expected) => {
    expect(isOpened(new URL(address), [entry])).toBe(expected);
    expect(isOpened(new URL(address), ['else.test', entry])).toBe(expected);
  });
});

describe('a target', () => {
  const privateOne = (address: string) =>
    `${address} is a private or reserved address; ALLOW_PRIVATE_HOSTS opens named hosts`;
  const secretive = 'an address with a user name or password in it is not fetched';

  it.each([
    ['https://example.org/', null],
    ['http://example.org/', null],
    ['http://93.184.215.14/', null],
    ['http://[2606:4700::1111]/', null],
    ['ftp://example.org/', 'ftp: is not fetched, only http and https'],
    ['httpsx://example.org/', 'httpsx: is not fetched, only http and https'],
    ['xhttp://example.org/', 'xhttp: is not fetched, only http and https'],
    ['http://user@example.org/', secretive],
    ['http://:secret@example.org/', secretive],
    ['http://user:secret@example.org/', secretive],
    ['http://127.1/', privateOne('127.0.0.1')],
    ['http://[::1]/', privateOne('::1')],
  ])('%s: %j', (address, reason) => expect(refusalOf(address)).toBe(reason));

  it('that is private may be opened, with a password it may not', () => {
    expect(refusalOf('http://127.0.0.1:8080/', ['127.0.0.1:8080'])).toBeNull();
    expect(refusalOf('http://127.0.0.1:8081/', ['127.0.0.1:8080'])).toBe(privateOne('127.0.0.1'));
    expect(refusalOf('http://[::1]:8080/', ['[::1]:8080'])).toBeNull();
    expect(refusalOf('http://user@127.0.0.1:8080/', ['127.0.0.1:8080'])).toBe(secretive);
  });
});

describe('a look-up', () => {
  type Answer = Parameters<Parameters<LookupFunction>[2]>;
  const [one, other] = [
    { address: '93.184.215.14', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ];
  const inside = { address: '10.0.0.1', family: 4 };

  const ask = (answer: Answer, all: boolean) =>
    new Promise<{ told: unknown[]; asked: unknown }>((resolve) => {
      let asked: unknown;
      const system: LookupFunction = (hostname, options, callback) => {
        asked = { hostname, ...options };
        callback(...answer);
      };
      guardedLookup(system)('example.org', { all, family: 4 }, (...told) => resolve({ told, asked }));
    });

  it('asks for all addresses, and keeps the other options', async () => {
    const { asked } = await ask([null, [one]], false);
    expect(asked).toEqual({ hostname: 'example.org', all: true, family: 4 });
  });

  it('gives the first address, or all of them to who wants all', async () => {
    expect((await ask([null, [one, other]], false)).told).toEqual([null, one.address, 4]);
    expect((await ask([null, [one, other]], true)).told).toEqual([null, [one, other]]);
  });

  it.each([[[inside]], [[one, inside]], [[inside, one]]])('refuses %j', async (answers) => {
    for (const all of [false, true]) {
      const { told } = await ask([null, answers], all);
      expect(told[0]).toBeInstanceOf(RefusedTarget);
      expect(told).toEqual([expect.objectContaining({ message: expect.stringMatching(/^10\.0\.0\.1 is/) }), '', 0]);
    }
  });

  it('fails where the system fails, and where a name has no address', async () => {
    const lost = new Error('lost');
    expect((await ask([lost, []], true)).told).toEqual([lost, '', 0]);
    expect((await ask([lost, [one]], true)).told).toEqual([lost, '', 0]);
    expect((await ask([null, []], true)).told).toEqual([new Error('example.org has no address'), '', 0]);
    expect((await ask([null, '93.184.215.14', 4], true)).told).toEqual([
      new Error('example.org has no address'),
      '',
      0,
    ]);
  });
});

describe('a connector', () => {
  interface Built {
    options: buildConnector.BuildOptions & { lookup: LookupFunction };
    uses: buildConnector.Options[];
  }
  const inside: LookupFunction = (_name, _options, callback) => callback(null, [{ address: '10.0.0.1', family: 4 }]);

  /** Which of the two ways out was used for a target, and what came of a socket that is connected to `remoteAddress`. */
  async function connect(
    target: Partial<buildConnector.Options>,
    remoteAddress: string | undefined,
    allowHosts: string[] = [],
    failure: Error | null = null,
  ) {
    const built: Built[] = [];
    const socket = { remoteAddress, isDestroyed: false, destroy: () => (socket.isDestroyed = true) };
    const build = (options: Built['options']) => {
      const one: Built = { options, uses: [] };
      built.push(one);
      return (use: buildConnector.Options, callback: buildConnector.Callback) => {
        one.uses.push(use);
        callback(...([failure, failure ? null : socket] as Parameters<buildConnector.Callback>));
      };
    };
    const connector = guardedConnector({ allowHosts, lookup: inside }, build as unknown as typeof buildConnector);
    const options = { hostname: 'example.org', protocol: 'http:', port: '', ...target } as buildConnector.Options;
    const [error, result] = await new Promise<unknown[]>((resolve) => connector(options, (...told) => resolve(told)));
    const [open, guarded] = built.map(({ uses }) => uses.length);
    return { error, result, socket, open, guarded, built };
  }

  it('gives a socket that is on the open internet', async () => {
    const { error, result, socket, open, guarded } = await connect({}, '93.184.215.14');
    expect([error, result, open, guarded]).toEqual([null, socket, 0, 1]);
    expect(socket.isDestroyed).toBe(false);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    [undefined, 'an unknown address'],
  ])('closes one that is connected to %s', async (remoteAddress, named) => {
    const { error, result, socket } = await connect({}, remoteAddress);
    expect(error).toBeInstanceOf(RefusedTarget);
    expect(String(error)).toContain(`${named} is a private or reserved address`);
    expect([result, socket.isDestroyed]).toEqual([null, true]);
  });

  it('passes a failure on', async () => {
    const lost = new Error('lost');
    expect(await connect({}, '127.0.0.1', [], lost)).toMatchObject({ error: lost, result: null });
  });

  it.each([
    [{ hostname: 'paper.test' }, 'paper.test', 1],
    [{ hostname: 'paper.test' }, 'paper.test:80', 1],
    [{ hostname: 'paper.test' }, 'paper.test:443', 0],
    [{ hostname: 'paper.test', protocol: 'https:' }, 'paper.test:443', 1],
    [{ hostname: 'paper.test', protocol: 'https:' }, 'paper.test:80', 0],
    [{ hostname: 'paper.test', port: '8080' }, 'paper.test:8080', 1],
    [{ hostname: 'paper.test', port: '8081' }, 'paper.test:8080', 0],
    [{ hostname: '::1', port: '8080' }, '[::1]:8080', 1],
  ])('goes to %j without a guard only where %s is opened', async (target, entry, expected) => {
    const { error, open, guarded } = await connect(target, '127.0.0.1', [entry]);
    expect([open, guarded]).toEqual([expected, 1 - expected]);
    expect(error === null).toBe(expected === 1);
  });

  it('gives up after 3 s, speaks HTTP/1.1, and looks names up with the guard where it has to', async () => {
    const { built } = await connect({}, '93.184.215.14');
    const told = await Promise.all(
      built.map(
        ({ options }) =>
          new Promise((resolve) => options.lookup('paper.test', { all: true }, (error) => resolve(error))),
      ),
    );
    expect(told).toEqual([null, expect.any(RefusedTarget)]);
    for (const { options } of built) expect(options).toMatchObject({ timeout: 3_000, allowH2: false });
  });
});
