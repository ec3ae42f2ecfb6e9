import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatMailbox, parseMailbox } from './mailbox.js';

describe('parseMailbox', () => {
  it.each([
    ['Daily news brief <Brief@Example.org>', 'Daily news brief', 'brief@example.org'],
    ['brief@example.org', '', 'brief@example.org'],
    ['<brief@example.org>', '', 'brief@example.org'],
    [String.raw`"Editor \"Bob\" Smith" <bob@example.org>`, 'Editor "Bob" Smith', 'bob@example.org'],
    [String.raw`Editor \"Bob\" Smith <bob@example.org>`, 'Editor "Bob" Smith', 'bob@example.org'],
    ['"Smith, Bob <the editor>" <bob@example.org>', 'Smith, Bob <the editor>', 'bob@example.org'],
    ['"Bob" "Smith" <bob@example.org>', 'Bob Smith', 'bob@example.org'],
    [String.raw`"a \\ b" <bob@example.org>`, String.raw`a \ b`, 'bob@example.org'],
    ['Bob" Smith <bob@example.org>', 'Bob" Smith', 'bob@example.org'],
  ])('reads %s', (text, name, address) => expect(parseMailbox(text)).toEqual({ name, address }));

  it.each(['a@example.org, b@example.org', 'a <b> <c@example.org>', 'a\nb <c@example.org>', 'a <b@example.org> c', ''])(
    'refuses %j',
    (text) => expect(parseMailbox(text)).toBeUndefined(),
  );

  it('reads what formatMailbox writes, whatever the name is', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', '<', '>', ',', ' ', 'a', 'é', '=?', '@') }), (text) => {
        const mailbox = { name: text.trim(), address: 'brief@example.org' };
        expect(parseMailbox(formatMailbox(mailbox))).toEqual(mailbox);
      }),
    ));
});
