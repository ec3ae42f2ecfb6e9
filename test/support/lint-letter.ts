/** RFC 5322 §2 and §3.6, 2045 §6.7, 2047 §2: what every letter on the wire keeps to. Returns what it breaks, in words. */
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
    ...lintHead(head),
  ];
}

const atom = String.raw`[A-Za-z0-9!#$%&'*+/=?^_\x60{|}~-]+`;
const dotAtom = `${atom}(?:\\.${atom})*`;
const quoted = String.raw`"(?:[^"\\\r\n]|\\.)*"`;
const addressSpec = `(?:${dotAtom}|${quoted})@${dotAtom}`;
const encodedWord = String.raw`=\?[^?\s]+\?[BQ]\?[^?\s]*\?=`;
const phrase = `(?:${encodedWord}|${atom}|${quoted})(?: +(?:${encodedWord}|${atom}|${quoted}))*`;
const mailbox = new RegExp(`^(?:${addressSpec}|(?:${phrase} )?<${addressSpec}>)$`, 'i');
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';

/** What each field that a letter has once looks like (RFC 5322 §3.6). */
const shapes: Record<string, RegExp> = {
  'Message-ID': new RegExp(`^<${dotAtom}@${dotAtom}>$`),
  Date: new RegExp(String.raw`^${day}, \d{1,2} ${month} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$`),
  From: mailbox,
  To: mailbox,
};

/** RFC 5322 §2.2 and §3.6, for any kind of letter. */
function lintHead(head: string): string[] {
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const named = (name: string) => fields.filter((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return [
    ...fields.filter((field) => !/^[\x21-\x39\x3b-\x7e]+: *\S/.test(field)).map((field) => `no field: ${field}`),
    ...Object.entries(shapes).flatMap(([name, shape]) => {
      const values = named(name).map((field) => field.slice(name.length + 1).trim());
      if (values.length !== 1) return [`${values.length} times ${name}`];
      return shape.test(values[0]!) ? [] : [`${name}: ${values[0]}`];
    }),
    ...['Subject', 'Reply-To'].filter((name) => named(name).length > 1).map((name) => `${name} more than once`),
    ...named('Reply-To')
      .map((field) => field.slice('Reply-To:'.length).trim())
      .filter((value) => !mailbox.test(value))
      .map((value) => `Reply-To: ${value}`),
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
