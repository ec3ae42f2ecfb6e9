import type { FastifyRequest } from 'fastify';
import { locales, pickLocale, type Locale } from '../locales/messages.js';

type Asking = Pick<FastifyRequest, 'query' | 'headers'>;

/**
 * The language of a page: `?lang=`, then Accept-Language, then the list's own.
 * @param listLocale any tag; English if we do not have it
 */
export function readerLocale(request: Asking, listLocale?: string | null): Locale {
  return chosenLocale(request) ?? pickLocale(request.headers['accept-language'], pickLocale(listLocale));
}

/** The language that the reader asked for in the address itself, if it is one of ours. */
export function chosenLocale(request: Pick<Asking, 'query'>): Locale | undefined {
  const asked = (request.query as Record<string, unknown> | null | undefined)?.lang;
  return locales.find((locale) => locale === asked);
}
