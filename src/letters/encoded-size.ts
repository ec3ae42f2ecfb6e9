const lf = 0x0a;
const equals = 0x3d;

/** The size of a body on the wire, in bytes, and which of the two encodings for 7-bit transport (RFC 2045 §6) is the smaller
 *  one. Arabic needs six bytes a letter in quoted-printable; Latin html grows by a tenth there, and by a third in base64. */
export function encodedSize(body: string): { encoding: 'quoted-printable' | 'base64'; bytes: number } {
  const utf8 = Buffer.from(body, 'utf8');
  const quoted = quotedPrintableSize(utf8);
  const base64 = base64Size(utf8);
  return quoted <= base64 ? { encoding: 'quoted-printable', bytes: quoted } : { encoding: 'base64', bytes: base64 };
}

/** Lines of 75 characters and a soft break; LF becomes CRLF; a space before it is encoded. */
function quotedPrintableSize(utf8: Buffer): number {
  let size = 0;
  let column = 0;
  for (let index = 0; index < utf8.length; index++) {
    const byte = utf8[index]!;
    if (byte === lf) {
      size += 2;
      column = 0;
      continue;
    }
    const width = isLiteral(byte, utf8[index + 1]) ? 1 : 3;
    const soft = column + width > 75;
    size += soft ? width + 3 : width;
    column = soft ? width : column + width;
  }
  return size;
}

function isLiteral(byte: number, next: number | undefined): boolean {
  if (byte === 0x20 || byte === 0x09) return next !== lf && next !== undefined;
  return byte > 0x20 && byte < 0x7f && byte !== equals;
}

function base64Size(utf8: Buffer): number {
  let lineEnds = 0;
  for (let at = utf8.indexOf(lf); at !== -1; at = utf8.indexOf(lf, at + 1)) lineEnds++;
  const characters = 4 * Math.ceil((utf8.length + lineEnds) / 3);
  return characters + 2 * Math.ceil(characters / 76);
}
