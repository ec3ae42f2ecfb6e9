/** RFC 5322 §2.1.1, 2045 §6.7, 2047 §2: what every letter on the wire keeps to. Returns what it breaks, in words. */
export function lintLetter(raw: Buffer): string[] {
  const text = raw.toString('latin1');
  const head = headOf(text);
  return [
    ...(/(?<!\r)\n|\r(?!\n)/.test(text) ? ['a bare CR or LF'] : []),
    ...(text.split('\r\n').some((line) => line.length > 998) ? ['a line over 998'] : []),
    ...(/[^\x00-\x7f]/.test(text) ? ['a byte beyond 7 bits'] : []),
    ...((head.match(/=\?[^?]+\?[QB]\?[^?]*\?=/gi) ?? []).some((word) => word.length > 75)
      ? ['an encoded word over 75']
      : []),
    ...(/<[^>]*=\?[^>]*>/.test(head.replace(/^List-.*$/gim, '')) ? ['an encoded word inside an address'] : []),
  ];
}

/** MAIL.md, "Headers of an edition's letter". Each exactly once. */
const headers = [
  ...['Date', 'From', 'To', 'Subject', 'Message-ID', 'MIME-Version', 'Content-Type', 'Content-Language'],
  ...['List-ID', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'List-Help', 'List-Post', 'Archived-At'],
  ...['Feedback-ID', 'Auto-Submitted', 'Precedence', 'X-Auto-Response-Suppress'],
];
const htmlBytes = 80 * 1024;

/** The same, and what a letter of an edition must have besides: its headers, text first and html last, at most 80 KB of html. */
export function lintEditionLetter(raw: Buffer): string[] {
  const text = raw.toString('latin1');
  const head = headOf(text).replace(/\r\n[ \t]+/g, ' ');
  const parts = partsOf(text, head);
  const html = parts.at(-1) ?? '';
  return [
    ...lintLetter(raw),
    ...headers.flatMap((name) => {
      const times = head.match(new RegExp(`^${name}:`, 'gim'))?.length ?? 0;
      return times === 1 ? [] : [`${times} times ${name}`];
    }),
    ...(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m.test(head) ? [] : ['no one-click']),
    ...(parts.length === 2 && /text\/plain/.test(parts[0]!) && /text\/html/.test(html)
      ? []
      : ['not text first, html last']),
    ...parts.flatMap(lintPart),
    ...(html.length > htmlBytes ? [`${html.length} bytes of html`] : []),
  ];
}

function lintPart(part: string): string[] {
  if (!/quoted-printable/i.test(headOf(part))) return [];
  return part.split('\r\n').some((line) => line.length > 76) ? ['a quoted-printable line over 76'] : [];
}

/** The parts of multipart/alternative, each with its own header. */
function partsOf(text: string, head: string): string[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(head)?.[1];
  return boundary ? text.split(`--${boundary}`).slice(1, -1) : [];
}

function headOf(text: string): string {
  const end = text.indexOf('\r\n\r\n');
  return end < 0 ? text : text.slice(0, end).replace(/^\r\n/, '');
}
