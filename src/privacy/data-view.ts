import { longDate, moment } from '../locales/dates.js';
import { message, pickLocale, sectionName } from '../locales/messages.js';
import type { ViewData } from '../pages/view-data.js';
import type { MyData } from './read-my-data.js';

const mostShown = 200;

/** Somebody's data in words, for the page; the download has it all. */
export function dataView(data: MyData): Omit<ViewData['my-data'], 'download'> {
  const locale = pickLocale(data.locale);
  const zone = data.timeZone ?? 'UTC';
  const at = (when: Date | string | null) => (when ? moment(locale, new Date(when).toTemporalInstant(), zone) : '');
  return {
    address: data.address,
    since: at(data.since),
    timeZone: data.timeZone,
    suppressed: data.suppression !== null,
    subscriptions: data.subscriptions.map((one) => ({
      name: one.name,
      state: one.state,
      sections: (one.sections ?? []).map((section) => sectionName(locale, section)).join(', '),
      requestedAt: at(one.requestedAt),
      confirmedAt: at(one.confirmedAt),
      endedAt: at(one.endedAt),
    })),
    consent: data.consent.map(({ list, kind, at: when, network, shown }) => ({
      what: message(locale, `page.myData.kind.${kind}`),
      list,
      at: at(when),
      network,
      shown,
    })),
    letters: data.editions.slice(0, mostShown).map(({ list, date, subject, state }) => ({
      list,
      date: longDate(locale, date),
      subject: subject ?? '',
      state: message(locale, `page.myData.state.${state}`),
    })),
    more: Math.max(0, data.editions.length - mostShown),
  };
}
