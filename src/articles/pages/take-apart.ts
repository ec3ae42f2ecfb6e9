import { parentPort, workerData } from 'node:worker_threads';

// This file is the module of a thread (see threads/side-thread.ts).

/** What stands in a web page, nothing of it judged or cleaned yet. Addresses are as written. */
export interface PageFacts {
  /** Of <title>; the headline of the page is in `headline`. */
  title: string;
  headline: string;
  language: string | null;
  canonical: string | null;
  /** By name, property or itemprop in lower case; the first of each. */
  metas: Record<string, string>;
  /** Texts of JSON-LD. */
  linkedData: string[];
  /** HTML of the article; empty when the page shows none. */
  body: string;
  figures: { src: string; alt: string; caption: string }[];
  links: { href: string; text: string }[];
  /** Feeds that the page announces. */
  feeds: { href: string; type: string; title: string }[];
}

const bounds = { linkedData: 20, figures: 50, links: 1_000, feeds: 20, body: 200_000, text: 1_000 };

/** Beside the article, inside of it: what wants readers to do something. */
const notTheArticle =
  'script:not([type="application/ld+json"]), style, form, dialog, amp-ad, amp-consent, amp-sidebar, [class*="newsletter" i], [class*="paywall" i], [class*="cookie" i], [class*="consent" i], [class*="related" i], [class*="read-also" i], [class*="author-box" i], [id*="comments" i]';

/** HTML → what it says, by linkedom and Readability. Never throws; what cannot be read is empty. */
export async function takeApart(html: string): Promise<PageFacts> {
  const { parseHTML } = await import('linkedom'); // these two only where pages are read: a worker's memory matters
  const { Readability } = await import('@mozilla/readability');
  const { document } = parseHTML(html) as unknown as { document: Document };
  const all = (selector: string, most: number) => [...document.querySelectorAll(selector)].slice(0, most);
  const facts: PageFacts = {
    title: textOf(document.querySelector('title')),
    headline: textOf(document.querySelector('h1')),
    language: document.documentElement?.getAttribute('lang') ?? null,
    canonical: document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? null,
    metas: metasOf(all('meta[content]', 200)),
    linkedData: all('script[type="application/ld+json"]', bounds.linkedData).map(
      ({ textContent }) => textContent ?? '',
    ),
    figures: all('figure', bounds.figures).flatMap(figureOf),
    links: all('a[href]', bounds.links).map((a) => ({ href: a.getAttribute('href')!, text: textOf(a) })),
    feeds: all('link[rel~="alternate"][type][href]', bounds.feeds).map((link) => ({
      ...{
        href: link.getAttribute('href')!,
        type: link.getAttribute('type')!.toLowerCase(),
        title: link.getAttribute('title') ?? '',
      },
    })),
    body: '',
  };
  for (const element of all(notTheArticle, 5_000)) element.remove();
  facts.body =
    new Readability(document, { charThreshold: 200, disableJSONLD: true }).parse()?.content?.slice(0, bounds.body) ??
    '';
  return facts;
}

function metasOf(elements: Element[]): Record<string, string> {
  const metas: Record<string, string> = {};
  for (const element of elements) {
    const name = ['property', 'name', 'itemprop']
      .map((key) => element.getAttribute(key))
      .find(Boolean)
      ?.toLowerCase();
    if (name) metas[name] ??= element.getAttribute('content')!.slice(0, bounds.text).trim();
  }
  return metas;
}

function figureOf(figure: Element): PageFacts['figures'] {
  const picture = figure.querySelector('img, amp-img');
  const src = picture?.getAttribute('src') ?? picture?.getAttribute('data-src');
  return src
    ? [{ src, alt: picture?.getAttribute('alt') ?? '', caption: textOf(figure.querySelector('figcaption')) }]
    : [];
}

function textOf(element: Element | null): string {
  return (element?.textContent ?? '').slice(0, 5_000).replace(/\s+/g, ' ').trim().slice(0, bounds.text);
}

if (parentPort && (workerData as { task?: string } | null)?.task === 'take-apart') {
  const port = parentPort;
  port.on('message', ({ id, value }: { id: number; value: string }) => {
    void takeApart(value)
      .catch(() => null)
      .then((facts) => port.postMessage({ id, value: facts }));
  });
}
