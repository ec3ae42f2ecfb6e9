import { fewAtOnce } from '../few-at-once.js';

/** So many hosts of one lane are asked at once, each of them one thing after another. */
const hostsAtOnce = 3;

/**
 * A host belongs to one lane, and the queue gives a lane to one worker: no host is asked from two machines at once.
 * @param host SQL for the host @returns SQL for its lane, 0 to `lanes` - 1
 */
export const laneOf = (host: string, lanes: number): string => `abs(hashtext(${host})::bigint) % ${lanes}`;

/** Visits what belongs to each host in turn, some hosts at once, until `signal` is aborted. @param hosts the ids, host by host */
export const visitHosts = (
  hosts: string[][],
  visit: (id: string) => Promise<unknown>,
  signal?: AbortSignal,
): Promise<void> =>
  fewAtOnce(hosts, hostsAtOnce, async (ids) => {
    for (const id of ids) if (!signal?.aborted) await visit(id);
  });
