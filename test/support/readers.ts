import type { Service } from './service.js';

/** Readers whom an admin attests: active at once, without a letter. */
export async function addReaders(service: Service, addresses: string[]): Promise<void> {
  const consent = { source: 'the journeys of the test', at: '2026-01-01T00:00:00Z' };
  for (const address of addresses) {
    const response = await service.api('/api/v1/subscribers', {
      method: 'POST',
      body: { address, confirmed: true, consent },
    });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  }
}

/** Pushes articles that are new at the service's own time. */
export async function pushArticles(service: Service, titles: string[]): Promise<void> {
  for (const title of titles) {
    const body = {
      title,
      standfirst: `${title}.`,
      body: `<p>${title}.</p>`,
      section: 'World',
    };
    const response = await service.api('/api/v1/articles', { method: 'POST', body });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  }
}

/** CLOCK_OFFSET that makes it a few seconds past the list's first due instant at least `hours` from now, plus `days`. */
export async function offsetToMorning(service: Service, days = 0, hours = 3): Promise<string> {
  const list = (await (await service.api('/api/v1/lists/daily-news-brief')).json()) as {
    timeZone: string;
    localTime: string;
  };
  const soonest = Temporal.Now.zonedDateTimeISO(list.timeZone).add({ hours, minutes: 1 });
  const today = soonest.withPlainTime(list.localTime);
  const morning = Temporal.ZonedDateTime.compare(today, soonest) < 0 ? today.add({ days: 1 }) : today;
  return String(Math.round((morning.add({ days }).epochMilliseconds - Date.now()) / 1000) + 2);
}
