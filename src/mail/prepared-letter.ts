/** What differs from reader to reader: three header fields, and the words that stand in the letter's links. */
export interface ReaderParts {
  to: string;
  /** Without the angle brackets. */
  messageId: string;
  date: Date;
  /** Of the shapes that the letter was prepared for. */
  words: string[];
}

/** A stretch of a word; `to` is exclusive. */
interface Slot {
  word: number;
  from: number;
  to: number;
}

/** Bytes that stand still, a stretch of a word, or whole lines of base64 that hold some. */
type Piece = Buffer | Slot | { base64: Piece[] };

const fields = ['To', 'Message-ID', 'Date'] as const;
/** Addresses that nodemailer writes as they are; the others get a build of their own. */
const plainAddress = /^[a-z0-9!#$%&'*+\-/=?^_`{|}~.]+@[a-z0-9.-]+$/;
const foldAt = 76;
const bytesPerLine = 57;
const lineEnd = 2;

/**
 * A letter built once, into which a reader's own parts are filled. The bytes are those of a full build.
 *
 * Where the words stand is found by building twice, with other letters in their places: the holes are where the two
 * differ. So nothing is known here of how quoted-printable folds; only that letters, digits, - and _ are all alike to it.
 */
export class PreparedLetter {
  private constructor(private readonly pieces: Piece[]) {}

  /**
   * @param shapes of the words: every character but the dots may be another one, so long as it is of A–Z a–z 0–9 - _
   * @param build a full build with the words given; all else (boundary, fields) is the same each time
   */
  static async prepare(shapes: string[], build: (words: string[]) => Promise<Buffer>): Promise<PreparedLetter> {
    const blank = await build(shapes.map((shape) => shape.replace(/[^.]/g, 'a')));
    const marked = await build(shapes.map((shape, word) => shape.replace(/[^.]/g, markOf(word))));
    if (blank.length !== marked.length) throw new Error('A letter cannot be prepared: its words change its length.');
    return new PreparedLetter(cutFields(blank, marked, shapes));
  }

  /** The reader's letter; null where a field would fold or needs quoting: that letter needs a full build. */
  fill({ to, messageId, date, words }: ReaderParts): Buffer | null {
    const values = [to, `<${messageId}>`, date.toUTCString().replace('GMT', '+0000')];
    const lines = values.map((value, n) => `${fields[n]}: ${value}`);
    if (!plainAddress.test(to) || lines.some((line) => line.length >= foldAt)) return null;
    return join(this.pieces, [...lines, ...words]);
  }
}

const markOf = (word: number): string => String.fromCharCode(0x62 + word);

/** The three fields are words too, of any length; they come first. */
function cutFields(blank: Buffer, marked: Buffer, shapes: string[]): Piece[] {
  const head = blank.subarray(0, blank.indexOf('\r\n\r\n') + lineEnd).toString('latin1');
  const spots = fields.map((name, word) => {
    const { index, 0: line } = new RegExp(`^${name}: .*$`, 'm').exec(head)!;
    return { word, start: index, end: index + line.trimEnd().length };
  });
  spots.sort((one, other) => one.start - other.start);
  const cutter = new Cutter(shapes);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { word, start, end } of spots) {
    pieces.push(...cutter.cut(blank.subarray(at, start), marked.subarray(at, start)), { word, from: 0, to: Infinity });
    at = end;
  }
  return [...pieces, ...cutBodies(blank.subarray(at), marked.subarray(at), cutter)];
}

const base64Part = /^Content-Transfer-Encoding: base64\r\n\r\n([A-Za-z0-9+/=\r\n]*?)(?:\r\n)*\r\n--/gm;

/** Base64 is cut by what it encodes, everything else as it is. */
function cutBodies(blank: Buffer, marked: Buffer, cutter: Cutter): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of blank.toString('latin1').matchAll(base64Part)) {
    const start = found.index + found[0].indexOf('\r\n\r\n') + 2 * lineEnd;
    const end = start + found[1]!.length;
    pieces.push(...cutter.cut(blank.subarray(at, start), marked.subarray(at, start)));
    pieces.push(...cutter.cutBase64(blank.subarray(start, end), marked.subarray(start, end)));
    at = end;
  }
  return [...pieces, ...cutter.cut(blank.subarray(at), marked.subarray(at))];
}

/** Finds the stretches of words, in the order of the bytes. */
class Cutter {
  private readonly next: number[];

  constructor(private readonly shapes: string[]) {
    this.next = shapes.map(() => 0);
  }

  cut(blank: Buffer, marked: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let still = 0;
    for (let at = 0; at < blank.length; at++) {
      if (blank[at] === marked[at]) continue;
      if (at > still) pieces.push(blank.subarray(still, at));
      still = at + 1;
      this.extend(pieces, marked[at]! - markOf(0).charCodeAt(0));
    }
    if (still < blank.length) pieces.push(blank.subarray(still));
    return pieces;
  }

  /** Lines that hold a stretch are encoded anew for each reader, the others stand still. */
  cutBase64(blank: Buffer, marked: Buffer): Piece[] {
    const [one, other] = [decode(blank), decode(marked)];
    const width = foldAt + lineEnd;
    const pieces: Piece[] = [];
    for (let line = 0; line * width < blank.length; line++) {
      const [from, to] = [line * bytesPerLine, (line + 1) * bytesPerLine];
      const inner = this.cut(one.subarray(from, to), other.subarray(from, to));
      const bytes = blank.subarray(line * width, (line + 1) * width);
      if (inner.every((piece) => Buffer.isBuffer(piece))) pieces.push(bytes);
      else pieces.push({ base64: inner }, bytes.subarray(foldAt));
    }
    return pieces;
  }

  /** One more byte of a word: the stretch before it grows, or a new one begins. */
  private extend(pieces: Piece[], word: number): void {
    const shape = this.shapes[word]!;
    let from = this.next[word]! % shape.length;
    if (shape[from] === '.') from += 1;
    this.next[word] = from + 1;
    const number = word + fields.length;
    const last = pieces.at(-1);
    if (last && 'word' in last && last.word === number && last.to === from) last.to += 1;
    else pieces.push({ word: number, from, to: from + 1 });
  }
}

const decode = (base64: Buffer): Buffer => Buffer.from(base64.toString('latin1'), 'base64');

function join(pieces: Piece[], words: string[]): Buffer {
  return Buffer.concat(
    pieces.map((piece) => {
      if (Buffer.isBuffer(piece)) return piece;
      if ('word' in piece) return Buffer.from(words[piece.word]!.slice(piece.from, piece.to), 'latin1');
      return Buffer.from(join(piece.base64, words).toString('base64'), 'latin1');
    }),
  );
}
