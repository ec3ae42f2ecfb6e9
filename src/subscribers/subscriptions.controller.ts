import { Body, Controller, Get, Param, Patch, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { RowOf } from '../api/answer.js';
import { keyOf } from '../api/caller.js';
import { id as idSchema } from '../api/field.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { localDateOf } from '../lists/due-instant.js';
import { scheduleFields } from '../lists/schedule-choice.js';
import type { Evidence } from './consent.js';
import { ChangeSubscription } from './change-subscription.js';
import { ChooseSchedule } from './choose-schedule.js';
import { ChooseSections } from './choose-sections.js';
import { pauseEnd, pauseEndDate } from './pause-end.js';
import { readSubscription, toldIn } from './read-subscription.js';
import { subscriptionStates } from './subscription.js';
import { subscriptionSchema } from './subscription.schema.js';

const query = pageQuery.extend({
  list: z.string().max(64).optional(),
  state: z.enum(subscriptionStates).optional(),
  subscriber: idSchema.optional(),
});

const change = z
  .strictObject({
    state: z.enum(['active', 'paused', 'ended']).optional(),
    pausedUntil: pauseEnd.optional(),
    timeZone: scheduleFields.timeZone.unwrap().optional(),
    localTime: scheduleFields.localTime.unwrap().optional(),
    weekdays: scheduleFields.weekdays.unwrap().optional(),
    sections: z.array(z.string().max(60)).min(1).nullable().optional().describe('null: every section'),
  })
  .refine((body) => (body.state === 'paused') === (body.pausedUntil !== undefined), {
    path: ['pausedUntil'],
    message: 'goes together with state "paused"; send both or none',
  })
  .refine((body) => Object.keys(body).length > 0, { message: 'is empty; send what is to change' });

type Change = z.output<typeof change>;

type SubscriptionView = RowOf<typeof subscriptionSchema>;

const select = `
  select s.id, s.subscriber_id as subscriber, l.slug as list, s.state, s.sections, c.time_zone as "timeZone",
         to_char(c.local_time, 'HH24:MI') as "localTime", c.weekdays,
         json_build_object('timeZone', c.chosen_zone, 'localTime', to_char(c.chosen_time, 'HH24:MI'), 'weekdays', c.chosen_weekdays) as chosen, case s.state when 'paused' then s.paused_until end as "pausedUntil",
         s.requested_at as "requestedAt", s.confirmed_at as "confirmedAt", s.ended_at as "endedAt"
    from subscription s join list l on l.id = s.list_id join schedule c on c.id = s.schedule_id`;

@ApiTags('subscriptions')
@Controller('api/v1/subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly changeSubscription: ChangeSubscription,
    private readonly chooseSchedule: ChooseSchedule,
    private readonly chooseSections: ChooseSections,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Subscriptions, newest first; `list`, `state` and `subscriber` narrow it down' })
  @ApiOkResponse({ standardSchema: pageOf(subscriptionSchema) })
  async all(
    @Query({ schema: query }) { limit, cursor, list, state, subscriber }: z.output<typeof query>,
  ): Promise<Page<SubscriptionView>> {
    const rows = await sql<SubscriptionView>(
      this.db,
      `${select} where ($1::bigint is null or s.id < $1) and ($2::text is null or l.slug = $2)
          and ($3::text is null or s.state = $3) and ($4::bigint is null or s.subscriber_id = $4)
        order by s.id desc limit $5`,
      [beforeId(cursor), list ?? null, state ?? null, subscriber ?? null, limit + 1],
    );
    return page(rows, limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One subscription' })
  @ApiOkResponse({ standardSchema: subscriptionSchema })
  async one(@Param('id', { schema: idSchema }) id: string): Promise<SubscriptionView> {
    const row = await one<SubscriptionView>(this.db, `${select} where s.id = $1`, [id]);
    if (!row) throw notFound('subscription', id);
    return row;
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change a subscription in the reader’s name',
    description:
      'Zone, hour, days and sections; pause, resume, end. A letter that is still owed today comes in any case.',
  })
  @ApiOkResponse({ standardSchema: subscriptionSchema })
  async change(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: change }) body: z.output<typeof change>,
    @Req() request: FastifyRequest,
  ): Promise<SubscriptionView> {
    const now = await this.clock.now();
    const evidence = { network: null, shown: `admin API, key ${keyOf(request).id}` };
    await this.db.transaction(async (tx) => {
      await this.schedule(tx, id, body, evidence, now);
      await this.sections(tx, id, body.sections, evidence, now);
      await this.move(tx, id, body, evidence, now);
    });
    return this.one(id);
  }

  private async schedule(tx: EntityManager, id: string, body: Change, evidence: Evidence, now: Instant): Promise<void> {
    const wish = pick(body, ['timeZone', 'localTime', 'weekdays']);
    if (Object.keys(wish).length === 0) return;
    const chosen = await this.chooseSchedule.run(id, wish, evidence, now, tx);
    if (chosen.kind === 'unknown') throw notFound('subscription', id);
    if (chosen.kind === 'ended')
      throw conflict('A subscription that has ended has no hour. The reader signs up again.');
    if (chosen.kind === 'no such day')
      throw unprocessable([
        {
          path: 'weekdays',
          detail: `the list comes on none of these days, but on ${chosen.days.join(', ')}`,
          fix: 'Send at least one of its days, or null for all of them.',
        },
      ]);
  }

  private async sections(
    tx: EntityManager,
    id: string,
    wanted: Change['sections'],
    evidence: Evidence,
    now: Instant,
  ): Promise<void> {
    if (wanted === undefined) return;
    const chosen = await this.chooseSections.run(id, wanted, evidence, now, tx);
    if (chosen.kind === 'unknown') throw notFound('subscription', id);
    if (chosen.kind === 'no such section')
      throw unprocessable([
        {
          path: 'sections',
          detail: `the list has no ${chosen.sections.join(', ')}`,
          fix: 'Send sections that GET /api/v1/lists shows, or null for all.',
        },
      ]);
  }

  private async move(
    tx: EntityManager,
    id: string,
    { state, pausedUntil }: Change,
    evidence: Evidence,
    now: Instant,
  ): Promise<void> {
    if (!state) return;
    const to = state === 'paused' ? { state, pausedUntil: await readPauseEnd(tx, id, pausedUntil!, now) } : { state };
    const changed = await this.changeSubscription.run(id, to, evidence, now, tx);
    if (changed.kind === 'unknown') throw notFound('subscription', id);
    if (changed.kind === 'refused')
      throw conflict(`A subscription that is ${changed.from} cannot become ${state} here.`, changed.allowed);
  }
}

async function readPauseEnd(
  tx: EntityManager,
  id: string,
  end: Change['pausedUntil'] & {},
  now: Instant,
): Promise<string> {
  const subscription = await readSubscription(tx, id);
  if (!subscription) throw notFound('subscription', id);
  const zone = toldIn(subscription);
  const date = pauseEndDate(end, zone);
  if (date <= localDateOf(now, zone))
    throw unprocessable([{ path: 'pausedUntil', detail: `is over in ${zone}`, fix: 'Send a date to come.' }]);
  return date;
}

/** The fields that were sent, as they were sent. */
const pick = <T extends object, K extends keyof T>(body: T, names: K[]): Partial<Pick<T, K>> =>
  Object.fromEntries(names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]])) as Partial<
    Pick<T, K>
  >;
