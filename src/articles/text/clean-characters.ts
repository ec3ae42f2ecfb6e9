/** C0 but tab and line feed, DEL, C1; bidi embeddings, overrides and isolates, which can show a text other than it is; the byte order mark. */
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

/** Drops characters that have no place in running text. Joiners and directional marks stay: Arabic and Persian need them. */
export function cleanCharacters(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unwanted, '').toWellFormed();
}
