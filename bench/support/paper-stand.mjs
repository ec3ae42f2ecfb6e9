import { createServer } from 'node:http';

const words =
  'river council harbour minister winter bridge vote grain court island engine border school doctor budget storm railway market union senate forest miner fisher teacher border treaty report'.split(
    ' ',
  );

/** A repeatable text of so many words of some ten thousand, another one for each seed: no two papers share a sentence. */
function text(seed, count) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0; // mulberry32
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return Array.from(
    { length: count },
    () => `${words[next() % words.length]}${next() % 400}${next() % 40 === 0 ? '.' : ''}`,
  ).join(' ');
}

function feedOf(paper, items) {
  const item = (_, at) => {
    const seed = paper * 1_000 + at;
    const date = new Date(Date.now() - at * 20 * 60_000).toUTCString();
    return (
      `<item><title>${text(seed, 9)} ${seed}</title><link>http://news${paper}.example/2026/story-${seed}?utm_source=rss</link>` +
      `<guid isPermaLink="false">story-${seed}</guid><pubDate>${date}</pubDate><description>${text(seed + 7, 30)}</description>` +
      `<content:encoded><![CDATA[<p>${text(seed + 1, 60)}</p><p>${text(seed + 2, 60)}</p>]]></content:encoded></item>`
    );
  };
  return (
    `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>` +
    `<title>Paper ${paper}</title><language>en</language>${Array.from({ length: items }, item).join('')}</channel></rss>`
  );
}

/** Serves feeds with ETags on as many hosts of 127.0.0.0/8 as there are feeds. `requests` has a time for each that came. */
export async function openPaperStand(feeds, items) {
  const bodies = new Map();
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(performance.now());
    const paper = Number(request.url.slice(1));
    if (request.headers['if-none-match'] === `"${paper}"`) return response.writeHead(304).end();
    if (!bodies.has(paper)) bodies.set(paper, feedOf(paper, items));
    response.writeHead(200, { 'content-type': 'application/rss+xml', etag: `"${paper}"` }).end(bodies.get(paper));
  });
  await new Promise((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address();
  const hosts = Array.from({ length: feeds }, (_, at) => `127.1.${at >> 8}.${at & 255}:${port}`);
  return {
    hosts,
    urls: hosts.map((host, at) => `http://${host}/${at}`),
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
