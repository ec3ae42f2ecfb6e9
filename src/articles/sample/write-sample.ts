import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import type { Instant } from '../../database/now.js';

const template = fileURLToPath(new URL('./feed.xml.liquid', import.meta.url));
const liquid = new Liquid({ outputEscape: 'escape', cache: true });

/**
 * 150 → the instant 150 minutes before the sample was first loaded, as RSS writes it (RFC 822). All lie within eight hours, so
 * that what a first edition leaves over is fresh enough (36 h) for the first morning, up to 27 h after the sign-up.
 */
liquid.registerFilter('minutes_before', function (minutes: number) {
  const since = this.context.getSync(['since']) as number;
  return new Date(since - minutes * 60_000).toUTCString();
});

/** The sample feed. `since`: its first load; the times in it do not move on a later start. */
export function writeSample(publicUrl: string, since: Instant): Promise<string> {
  return liquid.renderFile(template, { publicUrl, since: since.epochMilliseconds }) as Promise<string>;
}
