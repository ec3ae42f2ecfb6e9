import MailComposer from 'nodemailer/lib/mail-composer';
import { encodedSize } from '../letters/encoded-size.js';
import { parseMailbox, type Mailbox } from './mailbox.js';

/** All that one letter's bytes are made of. `html` and `text` are complete bodies. */
export interface RawLetterParts {
  from: Mailbox;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Without the angle brackets. */
  messageId: string;
  date: Date;
  headers: Record<string, string>;
  /** Between the parts; absent: a random one. */
  boundary?: string;
}

/**
 * Builds the bytes of one letter: multipart/alternative, text first and html last, utf-8, CRLF, 7-bit headers
 * (RFC 5322, 2045–2047). One build, one Date. Addresses go in as objects, for a string with a comma would be two.
 */
export function buildRaw(parts: RawLetterParts): Promise<Buffer> {
  const { 'Reply-To': replyTo, ...headers } = parts.headers;
  const composer = new MailComposer({
    from: { name: parts.from.name, address: parts.from.address },
    to: { name: '', address: parts.to },
    ...(replyTo !== undefined && { replyTo: parseMailbox(replyTo) }), // as a plain header nodemailer would drop it
    subject: parts.subject,
    text: withCrlf(parts.text),
    html: withCrlf(parts.html),
    textEncoding: encodedSize(parts.html).encoding,
    messageId: `<${parts.messageId}>`,
    date: parts.date,
    headers: Object.entries(headers).map(([key, value]) => ({ key, value: verbatim(value) })),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(parts.boundary ? { baseBoundary: parts.boundary } : {}),
  });
  return new Promise((resolve, reject) => {
    composer
      .compile()
      .build((error, raw) => (error || !raw ? reject(error ?? new Error('empty letter')) : resolve(raw)));
  });
}

/** nodemailer leaves line ends inside a body as they are; RFC 5322 §2.3 knows only CRLF. */
const withCrlf = (body: string): string => body.replace(/\r\n|\r|\n/g, '\r\n');

const verbatim = (value: string): { prepared: true; foldLines: true; value: string } => ({
  prepared: true,
  foldLines: true,
  value,
});
