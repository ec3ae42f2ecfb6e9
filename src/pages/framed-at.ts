import type { FastifyRequest } from 'fastify';

/**
 * The path of the box for other people's pages, `/lists/SLUG/box`, if that is what was asked for; whatever is answered
 * there, errors too, may stand in a frame. Null for every other page.
 */
export function framedAt(request: Pick<FastifyRequest, 'url'>): string | null {
  return /^\/lists\/[\w-]+\/box(?=$|\?)/.exec(request.url)?.[0] ?? null;
}
