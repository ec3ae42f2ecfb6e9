const paragraphs = new Set(['p', 'h2', 'h3']);
const blocks = new Set([...paragraphs, 'blockquote', 'ul', 'ol', 'li']);
const inline = new Set(['a', 'em', 'strong', 'sub', 'sup']);
/** Text at whose end breaks and white space show nothing. */
const trimmed = new Set(['p', 'li', 'h2', 'h3']);

interface Open {
  name: string;
  /** Where its tag stands in `out`. */
  at: number;
  /** It holds something that is seen. */
  filled: boolean;
  /** What `solid` was before it. */
  solid: number;
}

/**
 * Writes markup that is valid where flow content is allowed, whatever order tags come in: text outside of a
 * block gets a paragraph, a block ends the paragraph before it, a list holds only items, a link no other link. Elements
 * that hold nothing are left out. Each piece is written and taken back at most once: linear, whatever comes.
 */
export class BodyWriter {
  private readonly out: string[] = [];
  private readonly stack: Open[] = [];
  /** Index in `out` of the last piece that is no white space. */
  private solid = -1;

  open(name: string, attributes: string): void {
    if (name === 'div') this.endParagraph();
    else if (name === 'br') this.lineBreak();
    else if (name === 'li') this.openItem();
    else if (blocks.has(name)) this.openBlock(name);
    else if (inline.has(name) && !(name === 'a' && (this.has('a') || !attributes))) this.openInline(name, attributes);
  }

  text(text: string): void {
    const top = this.top;
    const loose = top === undefined || top === 'blockquote' || top === 'ul' || top === 'ol';
    const blank = text.trim() === '';
    if (loose && blank) return;
    this.ensureText();
    if (!blank) this.stack.at(-1)!.filled = true;
    this.write(
      text.replace(/\s+/g, ([first]) => (first === '\u00a0' ? first : ' ')),
      !blank,
    );
  }

  close(name: string): void {
    if (name === 'div') return this.endParagraph();
    const at = this.lastOf(name);
    if (at !== -1) while (this.stack.length > at) this.pop();
  }

  /** Closes what is open and gives the markup. */
  end(): string {
    while (this.stack.length > 0) this.pop();
    return this.out.join('').replace(/\n+/g, '\n').trim();
  }

  private get top(): string | undefined {
    return this.stack.at(-1)?.name;
  }

  private has(name: string): boolean {
    return this.lastOf(name) !== -1;
  }

  private lastOf(name: string): number {
    return this.stack.findLastIndex((open) => open.name === name);
  }

  private write(piece: string, isSolid: boolean): void {
    if (isSolid) this.solid = this.out.length;
    this.out.push(piece);
  }

  private push(name: string, attributes = ''): void {
    this.stack.push({ name, at: this.out.length, filled: false, solid: this.solid });
    this.write(`<${name}${attributes}>`, true);
  }

  private pop(): void {
    const { name, at, filled, solid } = this.stack.pop()!;
    if (!filled) {
      this.out.length = at;
      this.solid = solid;
      return;
    }
    const around = this.stack.at(-1);
    if (around) around.filled = true;
    if (trimmed.has(name)) this.trimEnd();
    this.write(`</${name}>`, true);
    if (blocks.has(name)) this.write('\n', false);
  }

  /** Takes back breaks and white space at the end. */
  private trimEnd(): void {
    while (this.out.length > 0 && (this.out.at(-1) === '<br>' || this.out.at(-1)!.trim() === '')) this.out.pop();
    this.out.push(this.out.pop()!.trimEnd());
  }

  private endParagraph(): void {
    while (inline.has(this.top ?? '') || paragraphs.has(this.top ?? '')) this.pop();
    if (this.top === 'li' && this.out.at(-1)?.trim() !== '') this.write(' ', false);
  }

  private openBlock(name: string): void {
    this.endParagraph();
    if (/^[uo]l$/.test(this.top ?? '')) this.push('li');
    this.push(name);
  }

  private openItem(): void {
    const list = Math.max(this.lastOf('ul'), this.lastOf('ol'));
    if (list === -1) return this.openBlock('p');
    while (this.stack.length > list + 1) this.pop();
    this.push('li');
  }

  private openInline(name: string, attributes: string): void {
    this.ensureText();
    this.push(name, attributes);
  }

  /** Two breaks in a row are how careless HTML writes a new paragraph. */
  private lineBreak(): void {
    if (this.top === undefined || /^(?:blockquote|ul|ol)$/.test(this.top)) return;
    if (this.out[this.solid] === '<br>') this.endParagraph();
    else this.write('<br>', true);
  }

  private ensureText(): void {
    const { top } = this;
    if (top === undefined || top === 'blockquote') this.push('p');
    if (top === 'ul' || top === 'ol') this.push('li');
  }
}
