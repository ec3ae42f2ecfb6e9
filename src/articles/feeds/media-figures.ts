import type { ItunesNs, MediaNs, RssFeed } from 'feedsmith';
import type { NamedFigure } from './feed-item.js';

interface Media {
  media?: MediaNs.ItemOrFeed;
  enclosures?: RssFeed.Enclosure[];
  itunes?: ItunesNs.Item;
}

/** Pictures of an item: Media RSS first (one of each group, the widest), then enclosures; a thumbnail, or the cover of a podcast's episode, only if there is nothing else. */
export function mediaFigures({ media, enclosures = [], itunes }: Media): NamedFigure[] {
  const grouped = (media?.groups ?? []).flatMap((group) => {
    const widest = (group.contents ?? []).filter(isPicture).sort((a, b) => (b.width ?? 0) - (a.width ?? 0))[0];
    return widest ? [{ ...group, ...widest }] : [];
  });
  const contents = [...(media?.contents ?? []).filter(isPicture), ...grouped].map((content) =>
    toFigure(content, media),
  );
  const enclosed = enclosures.filter(({ type }) => type?.startsWith('image/')).map(({ url }) => bare(url));
  const found = [...contents, ...enclosed].filter((figure) => figure.src);
  const spare = [...(media?.thumbnails ?? []).map(({ url }) => url), itunes?.image].filter(Boolean);
  return found.length > 0 ? found : spare.slice(0, 1).map(bare);
}

function isPicture({ url, medium, type }: MediaNs.Content): boolean {
  if (medium || type) return medium === 'image' || (type?.startsWith('image/') ?? false);
  return /\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)/i.test(url ?? '');
}

function toFigure(content: MediaNs.Content, item: MediaNs.ItemOrFeed | undefined): NamedFigure {
  const credits = content.credits ?? item?.credits ?? [];
  return {
    src: content.url ?? '',
    alt: content.title?.value ?? '',
    caption: content.description?.value ?? '',
    credit: credits[0]?.value ?? '',
  };
}

const bare = (src: string | undefined): NamedFigure => ({ src: src ?? '', alt: '', caption: '', credit: '' });
