import { Inject, Injectable } from '@nestjs/common';
import type { FieldError } from '../api/problem.js';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import type { Figure } from './article.entity.js';
import type { NamedFigure } from './feeds/feed-item.js';
import { ReadForeign, tooSlow } from './foreign/read-foreign.js';
import { KeepFigures, type KeptFigures } from './pictures/keep-figures.js';
import type { Standfirst } from './summary/standfirst-of.js';

interface Words {
  title: string;
  /** Empty: there is none. */
  standfirst: string;
  body: string;
  figures: NamedFigure[];
  language: string;
}

export type Composed =
  | (Standfirst & {
      kind: 'composed';
      body: string;
      figures: Figure[];
      leftOut: { src: string; reason: string }[];
    })
  | { kind: 'refused'; errors: FieldError[] };

const mostFigures = 10;

const unreadable: FieldError = {
  path: 'body',
  detail: tooSlow,
  fix: 'Send plain paragraphs: markup that nests or repeats without end takes too long.',
};

/** What the desk pushes → clean text with its pictures copied. Words are trusted no more than those of a feed. */
@Injectable()
export class ComposeText {
  constructor(
    private readonly readForeign: ReadForeign,
    private readonly keepFigures: KeepFigures,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** `base` resolves relative addresses in the body. */
  async run(words: Words, base: string, now: Instant): Promise<Composed> {
    const read = await this.readForeign.words(words, base);
    if (!read) return { kind: 'refused', errors: [unreadable] };
    const rules = { allowHosts: this.config.ALLOW_PRIVATE_HOSTS, most: mostFigures, now };
    const kept = await this.keepFigures.run([...words.figures, ...read.figures], rules);
    const errors = refusals(words.figures, kept);
    if (errors.length > 0) return { kind: 'refused', errors };

    const leftOut = kept.leftOut.map(({ src, reason }) => ({ src, reason }));
    const { standfirst, standfirstFrom } = read;
    return { kind: 'composed', standfirst, standfirstFrom, body: read.html, figures: kept.figures, leftOut };
  }
}

/** An address that is never fetched is an error of the one who sent it; a server that does not answer is not. */
function refusals(named: NamedFigure[], { leftOut }: KeptFigures): FieldError[] {
  return leftOut
    .filter(({ refused }) => refused)
    .flatMap(({ src, reason }) => {
      const at = named.findIndex((figure) => figure.src === src);
      const fix =
        'Send the address of a picture that anybody on the web can fetch, or open its host with ALLOW_PRIVATE_HOSTS.';
      return at === -1 ? [] : [{ path: `figures.${at}.src`, detail: reason, fix }];
    });
}
