import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import type { Instant } from '../../database/now.js';
import type { Figure } from '../article.entity.js';
import type { NamedFigure } from '../feeds/feed-item.js';
import { plainText } from '../text/plain-text.js';
import { KeepPicture, type KeptPicture } from './keep-picture.js';

export interface KeptFigures {
  figures: Figure[];
  leftOut: { src: string; reason: string; refused: boolean }[];
}

export interface KeepingRules {
  /** Private hosts that pictures may come from. */
  allowHosts: readonly string[];
  /** Figures beyond this many are not looked at. */
  most: number;
  now: Instant;
  signal?: AbortSignal;
}

/** Copies the pictures of an article. A figure whose picture cannot be had is left out: an empty frame helps nobody. */
@Injectable()
export class KeepFigures {
  constructor(
    private readonly keepPicture: KeepPicture,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  async run(named: NamedFigure[], rules: KeepingRules): Promise<KeptFigures> {
    const kept: KeptFigures = { figures: [], leftOut: [] };
    for (const figure of withoutRepeats(named).slice(0, rules.most)) {
      const picture = await this.pictureOf(figure.src, rules);
      if (picture.kind === 'left out')
        kept.leftOut.push({ src: figure.src, reason: picture.reason, refused: picture.refused });
      else if (!kept.figures.some(({ src }) => src === picture.src)) kept.figures.push(toFigure(figure, picture));
    }
    return kept;
  }

  private async pictureOf(src: string, { allowHosts, now, signal }: KeepingRules): Promise<KeptPicture> {
    const path = src.startsWith(this.config.PUBLIC_URL) ? src.slice(this.config.PUBLIC_URL.length) : src;
    const ours = /^\/pictures\/([0-9a-f]{32})\.jpg$/.exec(path)?.[1];
    return ours ? this.keepPicture.find(ours) : this.keepPicture.run(src, allowHosts, now, signal);
  }
}

function toFigure(
  { alt, caption, credit }: NamedFigure,
  { src, width, height }: KeptPicture & { kind: 'kept' },
): Figure {
  return { src, alt: line(alt), caption: line(caption), credit: line(credit).slice(0, 200), width, height };
}

const line = (text: string) => plainText(text).slice(0, 1_000).toWellFormed();

/** The same picture in another size (`-300x200` in its name, `?w=300`) is the same picture; the first has the better words. */
function withoutRepeats(figures: NamedFigure[]): NamedFigure[] {
  const seen = new Set<string>();
  return figures.filter(({ src }) => {
    const key = src.replace(/(\.(?:jpe?g|png|webp|gif|avif))[?#].*$/i, '$1').replace(/-\d+x\d+(?=\.\w+$)/, '');
    return !seen.has(key) && seen.add(key);
  });
}
