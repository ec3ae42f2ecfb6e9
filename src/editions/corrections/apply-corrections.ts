import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { locks, takeLock } from '../../database/locks.js';
import type { Instant } from '../../database/now.js';
import { one, sql } from '../../database/sql.js';
import { pickLocale } from '../../locales/messages.js';
import type { Variant } from '../variant.js';
import { correctVariant, type ArticleNow } from './correct-variant.js';

interface Outdated extends Variant {
  editionId: string;
  fingerprint: string;
}

/**
 * Letters that are not armed yet go out without what was withdrawn, and with what was put right: each variant under way that holds such an article
 * is replaced by a corrected one. Those who have been served keep what they had. Safe to repeat.
 */
@Injectable()
export class ApplyCorrections {
  private readonly log = new Logger('Editions');

  constructor(private readonly db: DataSource) {}

  /** @returns how many variants were replaced or ended */
  run(now: Instant): Promise<number> {
    return this.db.transaction(async (tx) => {
      await takeLock(tx, locks.corrections);
      const outdated = await findOutdated(tx, now);
      for (const variant of outdated) await this.replace(tx, variant, now);
      return outdated.length;
    });
  }

  private async replace(tx: EntityManager, variant: Outdated, now: Instant): Promise<void> {
    const corrected = correctVariant(variant, await readArticles(tx, variant));
    if (!corrected) {
      this.log.warn(
        `Variant ${variant.id} of edition ${variant.editionId} has no story left: nobody gets it any more.`,
      );
      await sql(tx, `update variant set ended_at = $2 where (id = $1 or replaced_by = $1) and ended_at is null`, [
        variant.id,
        now,
      ]);
      return;
    }
    const made = await one<{ id: string }>(
      tx,
      `insert into variant (edition_id, locale, fingerprint, subject, preheader, note, stories, corrections, corrected_at)
       select edition_id, locale, fingerprint || ' ' || $2, $3, $4, note, $5, corrections, $6 from variant where id = $1 returning id`,
      [
        variant.id,
        now.epochMilliseconds,
        corrected.subject,
        corrected.preheader,
        JSON.stringify(corrected.stories),
        now,
      ],
    );
    await sql(
      tx,
      `insert into variant_story (variant_id, position, story_id, article_id)
       select $1, s.n, s.story_id, s.article_id from unnest($2::bigint[], $3::bigint[]) with ordinality as s (story_id, article_id, n)`,
      [made!.id, corrected.stories.map(({ storyId }) => storyId), corrected.stories.map(({ articleId }) => articleId)],
    );
    await sql(tx, `update variant set replaced_by = $2 where id = $1 or replaced_by = $1`, [variant.id, made!.id]);
    await sql(tx, `update edition set public_variant_id = $2 where id = $3 and public_variant_id = $1`, [
      variant.id,
      made!.id,
      variant.editionId,
    ]);
  }
}

/** Variants of editions under way that hold what is withdrawn, or was put right after they were composed. */
function findOutdated(tx: EntityManager, now: Instant): Promise<Outdated[]> {
  return sql<Outdated>(
    tx,
    `select v.id, v.edition_id as "editionId", v.locale, v.fingerprint, v.subject, v.preheader, v.note, v.stories, v.corrections
       from edition e join variant v on v.edition_id = e.id
      where e.state in ('ready', 'sending', 'paused') and v.replaced_by is null and v.ended_at is null
        and exists (
          select 1 from variant_story s join article a on a.id = s.article_id
           where s.variant_id = v.id
             and (a.withdrawn_at <= $1
                  or exists (select 1 from correction c where c.article_id = a.id and c.made_at <= $1
                                and c.made_at > coalesce(v.corrected_at, e.composed_at, e.opened_at))))`,
    [now],
  ).then((rows) => rows.map((row) => ({ ...row, locale: pickLocale(row.locale) })));
}

async function readArticles(tx: EntityManager, { stories }: Outdated): Promise<Map<string, ArticleNow>> {
  const rows = await sql<ArticleNow & { id: string }>(
    tx,
    `select id, title, standfirst, withdrawn_at is not null as withdrawn,
            exists (select 1 from correction c where c.article_id = a.id and c.kind = 'corrected') as corrected
       from article a where id = any($1::bigint[])`,
    [stories.map(({ articleId }) => articleId)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
