import type { List } from '../../lists/list.entity.js';
import { longDate } from '../../locales/dates.js';
import type { Locale } from '../../locales/messages.js';

/** What every page of the desk says of its day, and the days beside it. */
export function dayOfDesk(list: Pick<List, 'slug' | 'name'>, date: string, locale: Locale) {
  const day = Temporal.PlainDate.from(date);
  return {
    list: { slug: list.slug, name: list.name },
    date,
    dateWords: longDate(locale, date),
    before: day.subtract({ days: 1 }).toString(),
    after: day.add({ days: 1 }).toString(),
  };
}
