import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { sampleEdition } from '../letters/sample-edition.js';
import { writeEdition } from '../letters/write-edition.js';
import type { List } from './list.entity.js';

/** A list's own template: MJML with Liquid in it. `problem`: why the live one was not used when it was used last. */
export interface StoredTemplate {
  draft: string | null;
  live: string | null;
  savedAt: Date;
  publishedAt: Date | null;
  problem: string | null;
}

export function readTemplate(db: Db, listSlug: string): Promise<StoredTemplate | undefined> {
  return one<StoredTemplate>(
    db,
    `select t.draft, t.live, t.saved_at as "savedAt", t.published_at as "publishedAt", t.problem
       from letter_template t join list l on l.id = t.list_id where l.slug = $1`,
    [listSlug],
  );
}

/** Keeps what a newsroom makes of its letters. A draft is tried before it is kept, and reaches nobody before it is published. */
@Injectable()
export class SaveTemplate {
  constructor(private readonly db: DataSource) {}

  /** @returns what is wrong with it, or null: it is kept */
  async draft(list: List, mjml: string, now: Instant): Promise<string | null> {
    const problem = await problemOf(mjml, list);
    if (problem) return problem;
    await sql(
      this.db,
      `insert into letter_template (list_id, draft, saved_at) values ($1, $2, $3)
       on conflict (list_id) do update set draft = excluded.draft, saved_at = excluded.saved_at`,
      [list.id, mjml, now],
    );
    return null;
  }

  /** @returns false where there is no draft */
  async publish(listId: string, now: Instant): Promise<boolean> {
    const done = await one(
      this.db,
      `update letter_template set live = draft, draft = null, published_at = $2, problem = null
        where list_id = $1 and draft is not null returning list_id`,
      [listId, now],
    );
    return done !== undefined;
  }

  async remove(listId: string): Promise<void> {
    await sql(this.db, `delete from letter_template where list_id = $1`, [listId]);
  }

  /** @returns true when this is news */
  async noteProblem(listSlug: string, problem: string): Promise<boolean> {
    const noted = await one(
      this.db,
      `update letter_template t set problem = $2 from list l
        where l.id = t.list_id and l.slug = $1 and t.problem is distinct from $2 returning t.list_id`,
      [listSlug, problem],
    );
    return noted !== undefined;
  }
}

/** Tried with a letter that has everything, from left to right and from right to left. */
async function problemOf(mjml: string, list: List): Promise<string | null> {
  let problem: string | null = null;
  const failed = (reason: string) => (problem ??= reason);
  for (const locale of ['en', 'ar'] as const)
    await writeEdition(sampleEdition(locale, { ...list, homeUrl: 'https://news.example/' }), { mjml, failed });
  return problem;
}
