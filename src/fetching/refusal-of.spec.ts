import { beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

type Found = { address: string; family: number }[];
const lookup = jest.fn<(name: string, options: object) => Promise<Found>>();
let refusalOf: typeof import('./refusal-of.js').refusalOf;

beforeAll(async () => {
  jest.unstable_mockModule('node:dns/promises', () => ({ lookup }));
  ({ refusalOf } = await import('./refusal-of.js'));
});
beforeEach(() => {
  lookup.mockReset().mockResolvedValue([]);
});

const found = (...addresses: string[]) =>
  lookup.mockResolvedValue(addresses.map((address) => ({ address, family: 4 })));

describe('what a person types as the address of a feed', () => {
  it('is taken where its name is on the open internet, with all its addresses', async () => {
    found('93.184.215.14', '2606:4700::1111');
    expect(await refusalOf('https://paper.example/feed', [])).toBeNull();
    expect(lookup).toHaveBeenCalledWith('paper.example', { all: true });
  });

  it('is refused where one address of its name is private', async () => {
    found('93.184.215.14', '10.0.0.1');
    expect(await refusalOf('https://paper.example/feed', [])).toBe(
      'paper.example is 10.0.0.1, a private or reserved address; ALLOW_PRIVATE_HOSTS opens named hosts',
    );
  });

  it('is taken where the operator has opened the host, without a look-up', async () => {
    found('10.0.0.1');
    expect(await refusalOf('https://paper.example/feed', ['paper.example'])).toBeNull();
    expect(lookup).not.toHaveBeenCalled();
  });

  it.each([
    ['no address at all', 'not a web address'],
    ['ftp://paper.example/', 'ftp: is not fetched, only http and https'],
    ['http://[::1]/', '::1 is a private or reserved address; ALLOW_PRIVATE_HOSTS opens named hosts'],
  ])('%s is refused', async (address, reason) => {
    expect(await refusalOf(address, [])).toBe(reason);
    expect(lookup).not.toHaveBeenCalled();
  });

  it('has the brackets of an IPv6 address cut off before it is looked up', async () => {
    await refusalOf('http://[2606:4700::1111]/', []);
    expect(lookup).toHaveBeenCalledWith('2606:4700::1111', { all: true });
  });

  it('is taken where nobody knows the name: each fetch judges again', async () => {
    lookup.mockRejectedValue(new Error('ENOTFOUND'));
    expect(await refusalOf('https://paper.example/feed', [])).toBeNull();
  });

  it('is taken after 2 s where the name server is silent', async () => {
    lookup.mockReturnValue(new Promise(() => undefined));
    const before = performance.now();
    expect(await refusalOf('https://paper.example/feed', [])).toBeNull();
    expect(performance.now() - before).toBeGreaterThan(1_900);
  });
});
