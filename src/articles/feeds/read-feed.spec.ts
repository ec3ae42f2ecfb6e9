import { afterAll, describe, expect, it } from '@jest/globals';
import { ParseFeed, type ParsedFeed } from './parse-feed.js';

const parser = new ParseFeed();
afterAll(() => parser.onApplicationShutdown());

const parse = (text: string | Buffer, charset: string | null = null) =>
  parser.run(Buffer.from(text as string), charset);
const reason = async (text: string) => {
  const parsed = await parse(text);
  return parsed.kind === 'unreadable' ? parsed.reason : parsed.kind;
};
const items = (parsed: ParsedFeed) => (parsed.kind === 'feed' ? parsed.content.items : []);
const rss = (inside: string) =>
  `<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Paper</title>${inside}</channel></rss>`;

describe('a feed', () => {
  it('of a podcast gives its author, words and cover, where nothing else says them', async () => {
    const parsed = await parse(
      `<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:georss="http://www.georss.org/georss"><channel><title>P</title>
       <item><title>T</title><link>https://p.example/1</link><itunes:author>Ada</itunes:author><itunes:summary>What was said</itunes:summary>
       <itunes:image href="https://p.example/cover.jpg"/><georss:point>33.9 44.5</georss:point></item></channel></rss>`,
    );
    expect(items(parsed)).toMatchObject([
      { title: 'T', author: 'Ada', summary: 'What was said', figures: [{ src: 'https://p.example/cover.jpg' }] },
    ]);
  });

  it('of RSS 2.0 gives what its items say', async () => {
    const parsed = await parse(
      `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/">
       <channel><title>The &amp;amp; Paper</title><language>fr</language><item><title><![CDATA[A <b>title</b>]]></title><link> https://p.example/1 </link>
       <description>Short</description><content:encoded><![CDATA[<p>Long &amp; good</p>]]></content:encoded><guid isPermaLink="false">g1</guid>
       <pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate><category>World</category><dc:creator>Ada</dc:creator>
       <media:group><media:content url="/s.jpg" width="300" medium="image"/><media:content url="/l.jpg" width="1200" medium="image"><media:title>alt</media:title>
       <media:description>caption</media:description><media:credit>me</media:credit></media:content></media:group>
       <enclosure url="https://p.example/e.png" type="image/png" length="9"/><enclosure url="https://p.example/a.mp3" type="audio/mpeg" length="9"/></item></channel></rss>`,
    );
    expect(parsed).toMatchObject({ kind: 'feed', leftOver: 0, content: { title: 'The &amp; Paper', language: 'fr' } });
    expect(items(parsed)).toEqual([
      {
        guid: 'g1',
        link: 'https://p.example/1',
        title: 'A <b>title</b>',
        summary: 'Short',
        content: '<p>Long &amp; good</p>',
        author: 'Ada',
        categories: ['World'],
        language: null,
        published: 'Tue, 24 Nov 2026 05:00:00 GMT',
        figures: [
          { src: '/l.jpg', alt: 'alt', caption: 'caption', credit: 'me' },
          { src: 'https://p.example/e.png', alt: '', caption: '', credit: '' },
        ],
      },
    ]);
  });

  it('of Atom keeps text apart from markup', async () => {
    const parsed = await parse(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>T</title><entry><id>urn:1</id><title type="text">a &lt;b&gt; c</title>
       <link rel="self" href="/self"/><link href="/x"/><link rel="enclosure" type="image/jpeg" href="/y.jpg"/><summary type="html">&lt;i&gt;s&lt;/i&gt;</summary>
       <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>hi &amp; ho</p></div></content><updated>2026-11-24T05:00:00Z</updated><author><name>Ada</name></author></entry></feed>`,
    );
    expect(items(parsed)).toMatchObject([
      {
        guid: 'urn:1',
        link: '/x',
        title: 'a &lt;b> c',
        summary: '<i>s</i>',
        author: 'Ada',
        published: '2026-11-24T05:00:00Z',
        figures: [{ src: '/y.jpg' }],
      },
    ]);
    expect(items(parsed)[0]!.content).toContain('<p>hi &amp; ho</p>');
  });

  it('of RDF and JSON Feed comes for free', async () => {
    const rdf = await parse(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>R</title></channel>
       <item rdf:about="https://p.example/r"><title>RDF</title><link>https://p.example/r</link></item></rdf:RDF>`,
    );
    const json = await parse(
      '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","url":"https://p.example/j","title":"JSON","content_text":"a < b"}]}',
    );
    expect([...items(rdf), ...items(json)]).toMatchObject([{ title: 'RDF' }, { title: 'JSON', content: 'a &lt; b' }]);
  });

  it.each([
    ['windows-1256', Buffer.from([0xc7, 0xe1, 0xda, 0xd1, 0xc7, 0xde]), 'العراق'],
    ['ISO-8859-1', Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'café'],
    ['Shift_JIS', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
  ])('is read in its own charset, %s', async (charset, bytes, title) => {
    const [before, after] = rss('<item><title>TITLE</title></item>')
      .replace('?>', ` encoding="${charset}"?>`)
      .split('TITLE');
    const document = Buffer.concat([Buffer.from(before!), bytes, Buffer.from(after!)]);
    expect(items(await parse(document))).toMatchObject([{ title }]);
    expect(items(await parse(document, 'no-such-charset'))).toMatchObject([{ title }]);
  });

  it('of 10,000 items gives the first 500 and says how many are left', async () => {
    const parsed = await parse(rss('<item><title>x</title></item>'.repeat(10_000)));
    expect(items(parsed)).toHaveLength(500);
    expect(parsed).toMatchObject({ leftOver: 9_500 });
  });

  it('may hold plain declarations and careless markup', async () => {
    const old = rss('<item><title>x</title><description>a<br>b</description></item>').replace(
      '\n',
      '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x/rss.dtd">',
    );
    expect(await reason(old)).toBe('feed');
  });
});

describe('what is no feed', () => {
  it.each([
    ['', 'the feed is empty'],
    ['\ufeff  \n', 'the feed is empty'],
    ['<!DOCTYPE html><html><head><title>Not found</title></head></html>', 'this is a web page, not a feed'],
    [
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>x</p></html>',
      'this is a web page, not a feed',
    ],
    ['just words', 'this is neither RSS, Atom nor JSON Feed'],
    ['{"hello": 1}', 'this is neither RSS, Atom nor JSON Feed'],
    ['{"version":', 'this is neither RSS, Atom nor JSON Feed'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'this is neither RSS, Atom nor JSON Feed'],
    [rss('').slice(0, -6), 'the feed is cut off inside <rss>'],
    [rss('<item><title>y'), 'the feed is not well-formed XML'],
    ['<rss version="2.0"><channel><item><title><![CDATA[never closed', 'the feed is cut off'],
    ['<rss version="2.0"><chan', 'the feed is cut off'],
    [rss('<a>'.repeat(70) + '</a>'.repeat(70)), 'the feed is nested deeper than 64 levels'],
  ])('ends with a reason: %.60s', async (text, expected) => expect(await reason(text)).toBe(expected));

  it('refuses entities of its own, such as the billion laughs, without expanding one', async () => {
    const laughs =
      '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">' +
      Array.from({ length: 9 }, (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level || ''};`.repeat(10)}">`).join(
        '',
      ) +
      ']><rss version="2.0"><channel><title>&lol9;</title></channel></rss>';
    expect(await reason(laughs)).toContain('entities of its own');
    expect(
      await reason(
        '<!DOCTYPE r SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"/>',
      ),
    ).toContain('entities of its own');
  });

  it('holds nothing up: 5 MB of any sort end soon, and this thread goes on meanwhile', async () => {
    let longest = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    for (const piece of ['<', '<![CDATA[', '<!--', '<?', '<a ', '<item>', '</x>', '&', '<rss version=']) {
      const started = performance.now();
      longest = 0;
      await parse(piece.repeat(5_000_000 / piece.length));
      const took = performance.now() - started;
      expect(took).toBeLessThan(7_000);
      // Held up by the parser it would have stood still all the while; a busy machine takes a moment for itself.
      expect(longest).toBeLessThan(Math.max(1_000, 0.7 * took));
    }
    clearInterval(pulse);
  });

  it('takes no harm from a thread that dies', async () => {
    await (parser as unknown as { thread: { thread: { terminate(): Promise<number> } } }).thread.thread.terminate();
    expect(await reason(rss(''))).toBe('feed');
  });
});
