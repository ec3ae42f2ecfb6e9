import type { Service } from './service.js';
import { until } from './until.js';

export interface EditionSeen {
  id: string;
  state: string;
  reason: string | null;
  counts: Record<string, number>;
  rate: number;
  estimatedEnd: string | null;
}

export interface DeliverySeen {
  id: string;
  state: string;
  attempt: number;
  subscriber: string;
  messageId: string;
  reply: string | null;
  reason: string | null;
  nextAt: string | null;
}

/** The service listens before the sample is loaded: waits until there is something to send. */
export async function untilSeeded(service: Service): Promise<void> {
  await until('the sample', 40_000, async () => {
    const { items } = (await (await service.api('/api/v1/stories')).json()) as { items: unknown[] };
    return items.length > 0 ? true : undefined;
  });
}

/** Composes a special edition for every reader and lets it go, also where the test has sent these stories before. */
export async function sendEdition(service: Service): Promise<EditionSeen> {
  const response = await service.api('/api/v1/editions', {
    method: 'POST',
    body: { list: 'daily-news-brief', again: true },
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as EditionSeen;
}

export const readEdition = async (service: Service, id: string): Promise<EditionSeen> =>
  (await (await service.api(`/api/v1/editions/${id}`)).json()) as EditionSeen;

/** The edition, once it is as wished. */
export function untilEdition(
  service: Service,
  id: string,
  what: string,
  wish: (edition: EditionSeen) => boolean,
  limitMs = 55_000,
): Promise<EditionSeen> {
  return until(`edition ${id}: ${what}`, limitMs, async () => {
    const edition = await readEdition(service, id);
    return wish(edition) ? edition : undefined;
  });
}

export async function deliveriesOf(service: Service, edition: string, state = ''): Promise<DeliverySeen[]> {
  const query = `edition=${edition}&limit=200${state && `&state=${state}`}`;
  return ((await (await service.api(`/api/v1/deliveries?${query}`)).json()) as { items: DeliverySeen[] }).items;
}

export async function suppressed(service: Service): Promise<string[]> {
  const { items } = (await (await service.api('/api/v1/suppressions?limit=200')).json()) as {
    items: { address: string }[];
  };
  return items.map(({ address }) => address).sort();
}
