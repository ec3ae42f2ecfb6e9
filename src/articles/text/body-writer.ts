const paragraphs = new Set(['p', 'h2', 'h3']);
const blocks = new Set([...paragraphs, 'blockquote', 'ul', 'ol', 'li']);
const inline = new Set(['a', 'em', 'strong', 'sub', 'sup']);
const empty = /<(p|h2|h3|li|ul|ol|blockquote|a|em|strong|sub|sup)(?: [^>]*)?>(?:\s|<br>)*<\/\1>/g;
const trailing = /(?:\s|<br>)+(?=<\/(?:p|li|h2|h3)>)/g;

/**
 * Writes markup that is valid where flow content is allowed, whatever order tags come in: text outside of a
 * block gets a paragraph, a block ends the paragraph before it, a list holds only items, a link no other link.
 */
export class BodyWriter {
  private readonly out: string[] = [];
  private readonly stack: string[] = [];

  open(name: string, attributes: string): void {
    if (name === 'div') this.endParagraph();
    else if (name === 'br') this.lineBreak();
    else if (name === 'li') this.openItem();
    else if (blocks.has(name)) this.openBlock(name);
    else if (inline.has(name) && !(name === 'a' && (this.stack.includes('a') || !attributes)))
      this.openInline(name, attributes);
  }

  text(text: string): void {
    const top = this.stack.at(-1);
    const loose = top === undefined || top === 'blockquote' || top === 'ul' || top === 'ol';
    if (loose && text.trim() === '') return;
    this.ensureText();
    this.out.push(text.replace(/\s+/g, ([first]) => (first === '\u00a0' ? first : ' '))); // long runs make regexes slow
  }

  close(name: string): void {
    if (name === 'div') return this.endParagraph();
    const at = this.stack.lastIndexOf(name);
    if (at !== -1) while (this.stack.length > at) this.pop();
  }

  /** Closes what is open and gives the markup, without elements that hold nothing. */
  end(): string {
    while (this.stack.length > 0) this.pop();
    let html = this.out.join('');
    for (let round = 0; round < 8; round++) html = html.replace(empty, '').replace(/\n+/g, '\n').replace(trailing, '');
    return html.trim();
  }

  private push(name: string, attributes = ''): void {
    this.stack.push(name);
    this.out.push(`<${name}${attributes}>`);
  }

  private pop(): void {
    const name = this.stack.pop()!;
    this.out.push(`</${name}>`, blocks.has(name) ? '\n' : '');
  }

  private endParagraph(): void {
    while (inline.has(this.stack.at(-1) ?? '') || paragraphs.has(this.stack.at(-1) ?? '')) this.pop();
    if (this.stack.at(-1) === 'li') this.out.push(' ');
  }

  private openBlock(name: string): void {
    this.endParagraph();
    if (/^[uo]l$/.test(this.stack.at(-1) ?? '')) this.push('li');
    this.push(name);
  }

  private openItem(): void {
    const list = Math.max(this.stack.lastIndexOf('ul'), this.stack.lastIndexOf('ol'));
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
    if (this.stack.length === 0 || /^(?:blockquote|ul|ol)$/.test(this.stack.at(-1)!)) return;
    if (this.out.findLast((piece) => piece.trim() !== '') !== '<br>') this.out.push('<br>');
    else this.endParagraph();
  }

  private ensureText(): void {
    const top = this.stack.at(-1);
    if (top === undefined || top === 'blockquote') this.push('p');
    if (top === 'ul' || top === 'ol') this.push('li');
  }
}
