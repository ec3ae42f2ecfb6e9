/**
 * Where a conversation can be made to fail (RFC 5321 §3.3). `at-dot`: the letter is complete and not yet taken;
 * `after-dot`: it is taken, and the reply is not yet on its way; `after-250`: the reply is.
 */
export type Phase =
  'greeting' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'before-354' | 'in-body' | 'at-dot' | 'after-dot' | 'after-250';

/** What the server does instead of going on. A reply that begins with 421 closes the line as well. */
export type Fault = { act: 'drop' | 'reset' | 'stall' } | { act: 'reply'; text: string };

const replies: Record<string, [Phase, string]> = {
  gone: ['rcpt', '550 5.1.1 no such mailbox'],
  blocked: ['rcpt', '550 5.7.1 blocked by our policy'],
  full: ['rcpt', '452 4.2.2 mailbox full'],
  greylist: ['rcpt', '450 4.7.1 greylisted, come again'],
  busy: ['at-dot', '451 4.3.0 try again later'],
  spam: ['at-dot', '554 5.7.1 looks like spam'],
  '421-rcpt': ['rcpt', '421 4.3.2 closing'],
  '421-before-354': ['before-354', '421 4.3.2 closing'],
  '421-at-dot': ['at-dot', '421 4.3.2 closing'],
};
const lines = /^(drop|reset|stall)-(rcpt|before-354|in-body|at-dot|after-dot)$/;

/**
 * The fault that a recipient's local part names: `gone@`, `full-2@` (twice, then accepted), `drop-after-dot@`,
 * `reset-in-body-1@`; a word after a full stop tells readers apart (`gone.17@`). Everybody else is served well.
 *
 * @param met how often this recipient has met the fault before
 */
export function faultOf(recipient: string, phase: Phase, met: number): Fault | undefined {
  const [, name = '', times] = /^(.*?)(?:-(\d))?(?:\.[^@]*)?@/.exec(recipient) ?? [];
  if (times && met >= Number(times)) return undefined;
  const reply = replies[name];
  if (reply) return reply[0] === phase ? { act: 'reply', text: reply[1] } : undefined;
  const [, act, where] = lines.exec(name) ?? [];
  return where === phase ? { act: act as 'drop' | 'reset' | 'stall' } : undefined;
}
