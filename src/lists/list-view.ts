import type { List } from './list.entity.js';

/** A list as the API shows it. `nextDueAt` is null once it is archived. */
export function listView(list: List, nextDueAt: Date | null) {
  return {
    id: list.id,
    slug: list.slug,
    name: list.name,
    tagline: list.tagline,
    locale: list.locale,
    timeZone: list.timeZone,
    localTime: list.localTime.slice(0, 5),
    weekdays: list.weekdays,
    sections: list.sections,
    minStories: list.minStories,
    maxStories: list.maxStories,
    floor: list.floor,
    freshFor: Temporal.Duration.from({ seconds: list.freshForSeconds }).round({ largestUnit: 'hours' }).toString(),
    unknownPolicy: list.unknownPolicy,
    approval: list.approval,
    atCutOff: list.atCutOff,
    rehearsal: list.rehearsal,
    mailFrom: list.mailFrom,
    replyTo: list.replyTo,
    brand: list.brand,
    postalAddress: list.postalAddress,
    nextDueAt: list.archivedAt ? null : nextDueAt,
    createdAt: list.createdAt,
    archivedAt: list.archivedAt,
  };
}

export type ListView = ReturnType<typeof listView>;
