import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
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
    subject: looksEncoded(parts.subject) ? encode(parts.subject) : parts.subject,
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
  const message = composer.compile();
  encodeNames(message as unknown as NameEncoder);
  return new Promise((resolve, reject) => {
    message.build((error, raw) => (error || !raw ? reject(error ?? new Error('empty letter')) : resolve(raw)));
  });
}

/**
 * Text that looks like an encoded word must be one that decodes to it (RFC 2047 §7), or readers see something else. nodemailer takes
 * it for encoded already and leaves it.
 */
const looksEncoded = (text: string): boolean => text.includes('=?');
const encode = (text: string): string => encodeWord(text, 'B', 52);

interface NameEncoder {
  _encodeAddressName(name: string): string;
}

/** nodemailer puts a plain name in quotes, and many mail programs decode what they find in them. It takes no address field that is written already. */
function encodeNames(message: NameEncoder): void {
  const encodeName = message._encodeAddressName.bind(message);
  message._encodeAddressName = (name) => (looksEncoded(name) ? encode(name) : encodeName(name));
}

/** nodemailer leaves line ends inside a body as they are; RFC 5322 §2.3 knows only CRLF. */
const withCrlf = (body: string): string => body.replace(/\r\n|\r|\n/g, '\r\n');

const verbatim = (value: string): { prepared: true; foldLines: true; value: string } => ({
  prepared: true,
  foldLines: true,
  value,
});
