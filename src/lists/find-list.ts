import type { DataSource } from 'typeorm';
import { List } from './list.entity.js';

/** The list of this slug; without one the default list, which is the oldest that is not archived. */
export async function findList(db: DataSource, slug?: string): Promise<List | null> {
  const lists = db.getRepository(List).createQueryBuilder('list').orderBy('list.id');
  if (slug) lists.where('list.slug = :slug', { slug });
  else lists.where('list.archivedAt is null');
  return lists.getOne();
}
