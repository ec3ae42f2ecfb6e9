import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { AssignStories } from '../stories/assign-stories.js';
import { everybody, VariantComposer } from './compose-variants.js';
import type { Edition } from './edition.js';
import { previousMorning } from './previous-morning.js';
import { takeEdition } from './read-edition.js';
import { readBlock } from './rehearsal/read-rehearsal.js';
import { readApproved, readRundown } from './rundown/read-rundown.js';
import { noRundown } from './rundown/rundown.js';
import { rundownInForce, type Course } from './rundown/rundown-in-force.js';
import { tellSchedules } from './tell-schedules.js';
import { tooFew } from './too-few.js';
import { keepVerdicts } from './verdicts.js';

/** Composes an edition's public copy: `composing → ready`, or `skipped` with the reason. Safe to repeat. */
@Injectable()
export class ComposeEdition {
  private readonly log = new Logger('Editions');

  constructor(
    private readonly db: DataSource,
    private readonly assignStories: AssignStories,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(editionId: string, now: Instant): Promise<void> {
    await this.assignStories.run(now);
    await this.db.transaction((tx) => this.compose(tx, editionId, now));
  }

  /** The same inside the transaction that has opened the edition. @returns false when it is skipped, or not ours to compose */
  async compose(tx: EntityManager, editionId: string, now: Instant): Promise<boolean> {
    const edition = await takeEdition(tx, editionId, 'composing');
    if (!edition) return false;
    const hindrance = hindranceTo(edition, now);
    if (hindrance) return this.skip(tx, edition, hindrance, now);
    const course = await courseOf(tx, edition);
    if (course.kind === 'skip') return this.skip(tx, edition, course.reason, now);
    if (course.kind === 'hold') return hold(tx, edition, course.reason);
    edition.rundownVersion = course.rundown.version;
    const composer = await VariantComposer.open(tx, edition, now, this.config.PUBLIC_URL);
    const least = edition.kind === 'morning' ? edition.minStories : 1;
    const readers = everybody(edition.listLocale, await previousMorning(tx, edition));
    const verdicts = await composer.judge(readers);
    await keepVerdicts(tx, edition.id, verdicts);
    const variantId = await composer.compose(readers, least);
    if (!variantId) return this.skip(tx, edition, await tooFew(tx, least, verdicts), now);
    const state = edition.audience === 'new' ? 'done' : 'ready';
    await sql(
      tx,
      `update edition set state = $4, public_variant_id = $2, composed_at = $3, finished_at = case when $4 = 'done' then $3::timestamptz end,
              rundown_version = $5, reason = $6
        where id = $1 and state = 'composing'`,
      [edition.id, variantId, now, state, course.rundown.version, course.reason],
    );
    await tellSchedules(tx, edition.id, null);
    return true;
  }

  private async skip(tx: EntityManager, edition: Edition, reason: string, now: Instant): Promise<false> {
    this.log.warn(`Edition ${edition.id} of ${edition.localDate} is skipped: ${reason}.`);
    await sql(
      tx,
      `update edition set state = 'skipped', reason = $2, finished_at = $3 where id = $1 and state = 'composing'`,
      [edition.id, reason, now],
    );
    await tellSchedules(tx, edition.id, edition.localDate);
    return false;
  }
}

/** An edition that an editor asked for is the editor's word itself. */
async function courseOf(tx: EntityManager, edition: Edition): Promise<Course> {
  if (edition.kind !== 'morning') return { kind: 'compose', rundown: noRundown, reason: null };
  const { listId, localDate } = edition;
  return rundownInForce(
    edition,
    await readRundown(tx, listId, localDate),
    await readApproved(tx, listId, localDate),
    await readBlock(tx, edition.rehearsal, listId, localDate),
  );
}

/** `composing → held`, until an editor lets it go or it is late. */
async function hold(tx: EntityManager, edition: Edition, reason: string): Promise<false> {
  await sql(tx, `update edition set state = 'held', reason = $2 where id = $1 and state = 'composing'`, [
    edition.id,
    reason,
  ]);
  return false;
}

function hindranceTo(edition: Edition, now: Instant): string | null {
  if (edition.archived) return 'the list is archived';
  return now.epochMilliseconds > edition.dueAt.getTime() + edition.freshForSeconds * 1000 ? 'late' : null;
}
