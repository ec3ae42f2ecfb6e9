import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { sql } from '../database/sql.js';
import { VariantComposer, type ReaderGroup } from '../editions/compose-variants.js';
import type { Edition } from '../editions/edition.js';

interface Group {
  key: string;
  locale: string;
  sections: string[] | null;
  memory: string[];
  since: Date | null;
}

/** Drafts that are written together: enough to save round trips, few enough to hold. */
const atOnce = 100;

/** Composes a variant for each group of the readers that `gatherReaders` has gathered. */
@Injectable()
export class ComposeForReaders {
  constructor(@Inject(CONFIG) private readonly config: Readonly<Config>) {}

  /** A group whose memory leaves too little gets null: its readers are skipped, and the ledger says so. */
  async run(tx: EntityManager, edition: Edition): Promise<Record<string, string | null>> {
    const groups = await sql<Group>(
      tx,
      `select key, locale, sections, memory::text[] as memory, since
         from (select distinct group_key as key, locale, sections, memory, since from due where not overtaken offset 0) g order by key`,
    );
    const composer = await VariantComposer.open(
      tx,
      edition,
      edition.composedAt!.toTemporalInstant(),
      this.config.PUBLIC_URL,
    );
    const variants: Record<string, string | null> = {};
    for (let from = 0; from < groups.length; from += atOnce) {
      const some = groups.slice(from, from + atOnce);
      const ids = await composer.composeAll(
        some.map((group) => ({ group: readersOf(group), least: leastOf(edition, group) })),
      );
      some.forEach(({ key }, index) => {
        if (key in variants)
          throw new Error(`Two groups of readers of edition ${edition.id} have the same key: ${key}`);
        variants[key] = ids[index]!;
      });
    }
    return variants;
  }
}

const readersOf = (group: Group): ReaderGroup => ({ ...group, since: group.since?.toTemporalInstant() ?? null });

/** A reader who chose sections has chosen a shorter letter: one story of theirs is worth sending. */
const leastOf = (edition: Edition, group: Group): number =>
  edition.kind === 'morning' && !group.sections ? edition.minStories : 1;
