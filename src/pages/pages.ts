import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config.js';
import { direction, locales } from '../locales/messages.js';
import { fillBlanks, splitAtBlanks } from './blanks.js';
import { layOutArticle } from './lay-out-article.js';
import { createLiquid } from './liquid.js';
import { FormTime } from '../tokens/form-time.js';
import { chosenLocale } from './reader-locale.js';
import { framedAt } from './framed-at.js';
import type { Localised, ViewName } from './view-data.js';
import { isOpen, scriptsOf } from './view-kinds.js';

/** What a page may load: our style sheet and pictures, beside a box our script. Nothing inline, no other host (SECURITY.md). */
function contentSecurityPolicy(view: ViewName, framed: boolean, proof: boolean): string {
  const scripts = scriptsOf(view);
  const script = scripts.length > 0 ? "script-src 'self'; " : '';
  const work = proof && scripts.includes('box.js') ? "connect-src 'self'; " : ''; // asks what to work on
  const own = view === 'desk' ? "frame-src 'self'; connect-src 'self'; " : work; // the letter, and saving in place
  const frames = framed ? '*' : "'none'";
  return `default-src 'none'; img-src 'self'; style-src 'self'; ${script}${own}form-action 'self'; base-uri 'none'; frame-ancestors ${frames}`;
}

const mostWithBlanks = 200;

/** Renders the pages that readers see. */
@Injectable()
export class Pages {
  private readonly liquid = createLiquid();
  private readonly withBlanks = new Map<string, string[]>();

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'> & Partial<Pick<Config, 'PROOF_OF_WORK'>>,
    private readonly formTime: FormTime,
  ) {}

  /** Answers with a view. Open pages carry an ETag and answer 304; the others are never stored by anybody. */
  async html<V extends ViewName>(reply: FastifyReply, view: V, data: Localised<V>, status = 200): Promise<void> {
    const html = await this.render(reply.request, view, data);
    const cacheable = isOpen(view) && status === 200;
    reply.headers(headersOf(data.locale, cacheable));
    reply.headers(policyOf(reply.request, view, this.config.PROOF_OF_WORK === 'on'));
    if (cacheable && isKnown(reply, html)) reply.status(304).send();
    else reply.status(status).type('text/html; charset=utf-8').send(html);
  }

  /**
   * As `html`, for a view that is the same for thousands but for some texts: it is rendered once, with blanks for them.
   * @param texts by the names of the blanks in `data`
   */
  async filledIn<V extends ViewName>(
    reply: FastifyReply,
    view: V,
    data: Localised<V>,
    texts: Record<string, string>,
  ): Promise<void> {
    const key = JSON.stringify([view, reply.request.url, data, this.formTime.stamp()]);
    if (this.withBlanks.size >= mostWithBlanks) this.withBlanks.clear();
    const pieces =
      this.withBlanks.get(key) ?? splitAtBlanks((await this.render(reply.request, view, data)).replace(/\n\s+/g, '\n'));
    this.withBlanks.set(key, pieces);
    reply
      .headers(headersOf(data.locale, false))
      .headers(policyOf(reply.request, view, this.config.PROOF_OF_WORK === 'on'));
    reply.status(200).type('text/html; charset=utf-8').send(fillBlanks(pieces, texts));
  }

  private async render<V extends ViewName>(request: FastifyRequest, view: V, data: Localised<V>): Promise<string> {
    const path = pathOf(request);
    const chosen = chosenLocale(request);
    const globals = {
      locale: data.locale,
      dir: direction(data.locale),
      view,
      open: isOpen(view),
      scripts: scriptsOf(view),
      proof: this.config.PROOF_OF_WORK === 'on',
      framed: framedAt(request),
      langQuery: chosen ? `?lang=${chosen}` : '',
      canonical: this.config.PUBLIC_URL + path.pathname,
      languages: locales.map((locale) => ({ locale, url: languageUrl(path, locale) })),
      publicUrl: this.config.PUBLIC_URL,
      formTime: this.formTime.stamp(),
    };
    const scope = 'article' in data ? { ...data, parts: partsOf(data) } : data;
    return this.liquid.renderFile(view, scope, { globals });
  }
}

/** Sets the page's entity tag. True if the browser has the page as it is. */
function isKnown(reply: FastifyReply, html: string): boolean {
  const etag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`;
  reply.header('etag', etag);
  return reply.request.headers['if-none-match']?.includes(etag) ?? false;
}

function headersOf(locale: string, cacheable: boolean): Record<string, string> {
  return {
    'content-language': locale,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    vary: 'accept-language',
    'cache-control': cacheable ? 'no-cache' : 'no-store',
  };
}

/** The box may stand in a frame on any site, and be fetched by a script there: without credentials, for it knows of none. */
function policyOf(request: FastifyRequest, view: ViewName, proof: boolean): Record<string, string> {
  const framed = framedAt(request) !== null;
  const policy = { 'content-security-policy': contentSecurityPolicy(view, framed, proof) };
  return framed ? { ...policy, 'access-control-allow-origin': '*' } : policy;
}

/** A request can ask for anything, also for what is no address at all (`//`, `http://[`). */
function pathOf(request: FastifyRequest): URL {
  return URL.parse(request.url, 'http://host') ?? new URL('http://host/');
}

function languageUrl(path: URL, locale: string): string {
  const query = new URLSearchParams(path.search);
  query.set('lang', locale);
  return `${path.pathname}?${query}`;
}

function partsOf({ article }: Localised<'article'>) {
  const html = article.show === 'full' ? article.bodyHtml : '';
  return layOutArticle(html, article.figures.slice(1));
}
