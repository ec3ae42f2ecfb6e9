import type { Config } from '../../config.js';
import type { SourceSettings } from './identify-items.js';

/** Private hosts that may be reached for a source: those the operator has opened and, for the sample, this service itself. */
export function allowedHosts(
  source: Pick<SourceSettings, 'sample' | 'url'>,
  config: Pick<Config, 'ALLOW_PRIVATE_HOSTS'>,
): string[] {
  return source.sample ? [...config.ALLOW_PRIVATE_HOSTS, new URL(source.url).host] : config.ALLOW_PRIVATE_HOSTS;
}
