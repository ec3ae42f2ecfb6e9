import type { NamedFigure } from '../feeds/feed-item.js';
import { BodyWriter } from './body-writer.js';
import { readEntities } from './plain-text.js';

export interface CleanBody {
  /** Paragraphs, h2, h3, quotes, lists, links, emphasis; valid where flow content is allowed. Never a picture. */
  html: string;
  /** Pictures that stood in the body; addresses absolute, http(s). */
  figures: NamedFigure[];
}

const token = /<(\/?)([a-z0-9]+)([^>]*)>|[^<]+/g;
/** Smaller than this by its own word: a counter or an icon, not a picture. */
const smallestSide = 40;

/** Well-formed, already harmless markup → sound nesting, loose text in paragraphs, pictures set apart. */
export function structure(safe: string): CleanBody {
  const body = new BodyWriter();
  const figures = new FigureReader();
  for (const [text, slash, name, attributes] of safe.matchAll(token)) {
    if (figures.takes(text, slash === '/', name, attributes ?? '')) continue;
    if (name === undefined) body.text(text);
    else if (slash) body.close(name);
    else body.open(name, attributes ?? '');
  }
  return { html: body.end(), figures: figures.found };
}

/** Picks figures and pictures out of the stream of tokens. */
class FigureReader {
  readonly found: NamedFigure[] = [];
  private first: number | null = null;
  private caption: string | null = null;

  /** True when the token belongs to a figure and not to the running text. */
  takes(text: string, closing: boolean, name: string | undefined, attributes: string): boolean {
    if (name === 'figure') this.figure(closing);
    else if (name === 'figcaption') this.caption = closing ? this.endCaption() : '';
    else if (name === 'img') this.picture(attributes);
    else if (this.caption !== null) this.caption += name === undefined ? readEntities(text) : ' ';
    return this.caption !== null || name === 'figure' || name === 'figcaption' || name === 'img';
  }

  private figure(closing: boolean): void {
    this.first = closing ? null : this.found.length;
    this.caption = null;
  }

  private picture(attributes: string): void {
    const src = attributeOf(attributes, 'src');
    const sides = [attributeOf(attributes, 'width'), attributeOf(attributes, 'height')].map((side) =>
      Number.parseInt(side, 10),
    );
    if (!src || sides.some((side) => side < smallestSide)) return;
    this.found.push({ src, alt: attributeOf(attributes, 'alt'), caption: '', credit: '' });
  }

  private endCaption(): null {
    const caption = (this.caption ?? '').replace(/\s+/g, ' ').trim();
    for (const figure of this.found.slice(this.first ?? this.found.length)) figure.caption = caption;
    return null;
  }
}

function attributeOf(attributes: string, name: string): string {
  return readEntities(new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? '').trim();
}
