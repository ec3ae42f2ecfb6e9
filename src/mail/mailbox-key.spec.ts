import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAddress } from './address.js';
import { mailboxKey } from './mailbox-key.js';

const word = fc.string({ unit: fc.constantFrom(...'abcxyzABC019-_é'), minLength: 1, maxLength: 6 });
const dotted = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('.'));
const tag = fc.array(word, { maxLength: 2 }).map((words) => words.join('+'));
const domain = fc.constantFrom('example.org', 'mail.example', 'gmail.com.example', 'Bücher.example');
const google = fc.constantFrom('gmail.com', 'GoogleMail.com');

const keyOf = (text: string): string => {
  const parsed = parseAddress(text);
  if (parsed.kind === 'fault') throw new Error(`${text}: ${parsed.fault}`);
  return mailboxKey(parsed.address);
};

describe('a mailbox key', () => {
  it('is one for an address with any tag, in any case', () => {
    fc.assert(
      fc.property(dotted, tag, fc.oneof(domain, google), (local, sub, host) => {
        expect(keyOf(`${local}+${sub || 't'}@${host}`)).toBe(keyOf(`${local}@${host}`));
        expect(keyOf(`${local}+${sub || 't'}@${host}`.toUpperCase())).toBe(keyOf(`${local}@${host}`));
      }),
    );
  });

  it('is one wherever the dots stand at Google, by both of its names, and nowhere else', () => {
    fc.assert(
      fc.property(dotted, google, domain, (local, host, other) => {
        const bare = local.replaceAll('.', '');
        expect(keyOf(`${local}@${host}`)).toBe(keyOf(`${bare}@gmail.com`));
        expect(keyOf(`${local}@${other}`) === keyOf(`${bare}@${other}`)).toBe(local === bare);
      }),
    );
  });

  it('is the address itself where there is nothing to cut off', () => {
    fc.assert(
      fc.property(dotted, domain, (local, host) => {
        const parsed = parseAddress(`${local}@${host}`);
        expect({ kind: 'address', address: keyOf(`${local}@${host}`) }).toEqual(parsed);
      }),
    );
  });

  it.each([
    ['+tag@example.org', '+tag@example.org'],
    ['"a,b+c"@example.org', 'a,b@example.org'],
    ['a+b+c@example.org', 'a@example.org'],
    ['a@b+c.example', null],
  ])('of %s is %s', (typed, key) => {
    if (key === null) expect(() => keyOf(typed)).toThrow();
    else expect(keyOf(typed)).toBe(key);
  });
});
