import { lookup } from 'node:dns/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { checkTarget, isOpened, RefusedTarget } from './guarded-connector.js';
import { isPublicAddress } from './public-address.js';

/**
 * Why an address would never be fetched, said at once to the person who types it; null when nothing speaks against it
 * now. It replaces no check: what a name resolves to may change, so each fetch judges again.
 */
export async function refusalOf(address: string, allowHosts: readonly string[]): Promise<string | null> {
  const url = URL.parse(address);
  if (!url) return 'not a web address';
  try {
    checkTarget(url, allowHosts);
  } catch (error) {
    if (error instanceof RefusedTarget) return error.message;
    throw error;
  }
  if (isOpened(url, allowHosts)) return null;
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const answers = await Promise.race([lookup(name, { all: true }).catch(() => []), wait(2_000, [], { ref: false })]);
  const bad = answers.find((answer) => !isPublicAddress(answer.address));
  return bad ? `${name} is ${bad.address}, a private or reserved address; ALLOW_PRIVATE_HOSTS opens named hosts` : null;
}
