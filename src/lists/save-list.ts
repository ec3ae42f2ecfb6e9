import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { one } from '../database/sql.js';
import type { Instant } from '../database/now.js';
import { plain, type Brand } from '../letters/brand.js';
import type { ListChange, NewList } from './list-input.js';
import { List } from './list.entity.js';
import { asTheList, endSchedules, reschedule, scheduleFor } from './schedules.js';

export type ListSaved =
  | { kind: 'saved'; list: List }
  | { kind: 'slug taken' }
  | { kind: 'unknown' }
  | { kind: 'archived' }
  | { kind: 'too few' };

/** Makes lists and changes them, together with the schedule that stands for a list's own hour. */
@Injectable()
export class SaveList {
  constructor(private readonly db: DataSource) {}

  create(input: NewList, now: Instant): Promise<ListSaved> {
    return this.db.transaction(async (tx) => {
      const { freshFor, brand, ...fields } = input;
      const list = {
        ...fields,
        brand: { ...plain, ...brand },
        freshForSeconds: freshFor,
        createdAt: new Date(now.epochMilliseconds),
        archivedAt: null,
      };
      const inserted = await tx
        .createQueryBuilder()
        .insert()
        .into(List)
        .values(list)
        .orIgnore()
        .returning('id')
        .execute();
      const [made] = inserted.raw as { id: string }[];
      if (!made) return { kind: 'slug taken' };
      await scheduleFor(tx, made.id, asTheList, now);
      return saved(tx, input.slug);
    });
  }

  change(slug: string, input: ListChange, now: Instant): Promise<ListSaved> {
    return this.db.transaction(async (tx) => {
      const list = await tx.findOne(List, { where: { slug }, lock: { mode: 'pessimistic_write' } });
      if (!list) return { kind: 'unknown' };
      if (list.archivedAt) return { kind: 'archived' };
      const { freshFor, brand, ...fields } = input;
      list.brand = { ...list.brand, ...brand };
      tx.merge<List>(List, list, fields, freshFor === undefined ? {} : { freshForSeconds: freshFor });
      Object.assign(list, pickArrays(fields)); // merge() would mix old and new elements
      if (list.minStories > list.maxStories) return { kind: 'too few' };
      await tx.save(list);
      await reschedule(tx, list, now);
      return saved(tx, slug);
    });
  }

  /** @returns false when there is no such list */
  async setLogo(slug: string, logo: Brand['logo']): Promise<boolean> {
    const list = await one(
      this.db,
      `update list set brand = jsonb_set(brand, '{logo}', $2::jsonb) where slug = $1 returning id`,
      [slug, JSON.stringify(logo)],
    );
    return list !== undefined;
  }

  /** Ends a list: no editions and no sign-ups any more; what it sent stays readable. Safe to repeat. */
  archive(slug: string, now: Instant): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const list = await one<{ id: string }>(
        tx,
        `update list set archived_at = coalesce(archived_at, $2) where slug = $1 returning id`,
        [slug, now],
      );
      if (list) await endSchedules(tx, list.id);
      return list !== undefined;
    });
  }
}

const pickArrays = ({ weekdays, sections }: Partial<Pick<List, 'weekdays' | 'sections'>>) => ({
  ...(weekdays && { weekdays }),
  ...(sections && { sections }),
});

async function saved(tx: EntityManager, slug: string): Promise<ListSaved> {
  return { kind: 'saved', list: await tx.findOneByOrFail(List, { slug }) };
}
