import { Body, Controller, Get, Param, Patch, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { id as idSchema, instant } from '../api/field.js';
import { beforeId, page, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { one, sql } from '../database/sql.js';
import { ChangeSubscription } from './change-subscription.js';
import { subscriptionStates } from './subscription.js';

const query = pageQuery.extend({
  list: z.string().max(64).optional(),
  state: z.enum(subscriptionStates).optional(),
  subscriber: idSchema.optional(),
});

const change = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('paused'), pausedUntil: instant }),
  z.strictObject({ state: z.literal('active') }),
  z.strictObject({ state: z.literal('ended') }),
]);

interface SubscriptionView {
  id: string;
  subscriber: string;
  list: string;
  state: string;
  sections: string[] | null;
  timeZone: string;
  localTime: string;
  weekdays: number[];
  pausedUntil: Date | null;
  requestedAt: Date;
  confirmedAt: Date | null;
  endedAt: Date | null;
}

const select = `
  select s.id, s.subscriber_id as subscriber, l.slug as list, s.state, s.sections, c.time_zone as "timeZone",
         to_char(c.local_time, 'HH24:MI') as "localTime", c.weekdays, s.paused_until as "pausedUntil",
         s.requested_at as "requestedAt", s.confirmed_at as "confirmedAt", s.ended_at as "endedAt"
    from subscription s join list l on l.id = s.list_id join schedule c on c.id = s.schedule_id`;

@ApiTags('subscriptions')
@Controller('api/v1/subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly changeSubscription: ChangeSubscription,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Subscriptions, newest first; `list`, `state` and `subscriber` narrow it down' })
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
  async one(@Param('id', { schema: idSchema }) id: string): Promise<SubscriptionView> {
    const row = await one<SubscriptionView>(this.db, `${select} where s.id = $1`, [id]);
    if (!row) throw notFound('subscription', id);
    return row;
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Pause, resume or end a subscription in the reader’s name' })
  async change(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: change }) body: z.output<typeof change>,
    @Req() request: { apiKey?: { id: string } },
  ): Promise<SubscriptionView> {
    const now = await this.clock.now();
    if (body.state === 'paused' && Temporal.Instant.compare(body.pausedUntil, now) <= 0)
      throw unprocessable([{ path: 'pausedUntil', detail: 'lies in the past', fix: 'Send an instant to come.' }]);
    const changed = await this.changeSubscription.run(
      id,
      body,
      `admin API, key ${request.apiKey?.id ?? 'unknown'}`,
      null,
      now,
    );
    if (changed.kind === 'unknown') throw notFound('subscription', id);
    if (changed.kind === 'refused')
      throw conflict(`A subscription that is ${changed.from} cannot become ${body.state} here.`, changed.allowed);
    return this.one(id);
  }
}
