/**
 * Bytes of XML, HTML or JSON → text. A byte order mark wins, then the transport, then the document itself (RFC 7303, section 3), but
 * a witness whose charset does not fit the bytes is not believed. Never throws; what no charset fits is read with replacement characters.
 * @param charset as Content-Type names it
 */
export function decodeText(bytes: Uint8Array, charset: string | null): string {
  const claimed = [markOf(bytes), charset, declaredIn(bytes)].filter((label) => label !== null);
  for (const label of [...claimed.filter((label) => fits(label, bytes)), 'utf-8']) {
    const text = decode(label, bytes, true);
    if (text !== null) return text;
  }
  return decode(claimed[0] ?? 'windows-1252', bytes, false) ?? decode('windows-1252', bytes, false)!;
}

function decode(label: string, bytes: Uint8Array, fatal: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes);
  } catch {
    return null; // a charset that does not exist, or that these bytes are not in
  }
}

function markOf([first, second, third, fourth]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  // No mark, but markup of two bytes a character (XML 1.0, appendix F).
  if (first === 0 && second === 0x3c && third === 0) return 'utf-16be';
  return first === 0x3c && second === 0 && fourth === 0 ? 'utf-16le' : null;
}

function declaredIn(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 2_000)).toString('latin1');
  const xml = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/.exec(start);
  return (xml ?? /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(start))?.[1] ?? null;
}

/** UTF-16 has zeros where these bytes have none; and what is sound UTF-8 was never Latin 1, whatever a server's default says. */
function fits(label: string, bytes: Uint8Array): boolean {
  const name = nameOf(label);
  if (name?.startsWith('utf-16')) return bytes.subarray(0, 200).includes(0) || markOf(bytes) !== null;
  return name !== 'windows-1252' || decode('utf-8', bytes, true) === null;
}

/** One name for all labels of a charset: `latin1`, `cp819` and `ansi_x3.4-1968` are windows-1252, as in every browser; null: there is none. */
function nameOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
