import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { id as idSchema } from '../api/field.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { one, sql } from '../database/sql.js';
import { deliveryStates } from './delivery.js';
import { deliverySchema } from './delivery.schema.js';
import { resolutions, ResolveDelivery } from './resolve-delivery.js';

const query = pageQuery.extend({
  edition: idSchema.optional(),
  state: z.enum(deliveryStates).optional(),
  subscriber: idSchema.optional(),
});

const resolution = z.strictObject({
  outcome: z.enum(resolutions).describe('what the relay or its log says; `resend`: send it once more'),
});

interface DeliveryView {
  id: string;
  edition: string;
  subscription: string;
  subscriber: string;
  kind: string;
  state: string;
  attempt: number;
  messageId: string;
  reply: string | null;
  enhancedCode: string | null;
  reason: string | null;
  nextAt: Date | null;
  settledAt: Date | null;
}

const select = `
  select d.id, d.edition_id as edition, d.subscription_id as subscription, s.subscriber_id as subscriber, d.kind, d.state, d.attempt,
         d.message_id as "messageId", d.reply, d.enhanced_code as "enhancedCode", d.reason,
         case d.state when 'queued' then greatest(d.next_at, p.paused_until) end as "nextAt", d.settled_at as "settledAt"
    from delivery d join subscription s on s.id = d.subscription_id join subscriber r on r.id = s.subscriber_id
    left join recipient_domain p on p.domain = split_part(r.address, '@', -1)`;

/** The ledger, to read: who got it, who did not, and why. */
@ApiTags('deliveries')
@Controller('api/v1/deliveries')
export class DeliveriesController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly resolveDelivery: ResolveDelivery,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Deliveries, newest first; `edition`, `state` and `subscriber` narrow it down' })
  @ApiOkResponse({ standardSchema: pageOf(deliverySchema) })
  async all(
    @Query({ schema: query }) { limit, cursor, edition, state, subscriber }: z.output<typeof query>,
  ): Promise<Page<DeliveryView>> {
    const rows = await sql<DeliveryView>(
      this.db,
      `${select} where ($1::bigint is null or d.id < $1) and ($2::bigint is null or d.edition_id = $2)
          and ($3::text is null or d.state = $3) and ($4::bigint is null or s.subscriber_id = $4)
        order by d.id desc limit $5`,
      [beforeId(cursor), edition ?? null, state ?? null, subscriber ?? null, limit + 1],
    );
    return page(rows, limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One delivery' })
  @ApiOkResponse({ standardSchema: deliverySchema })
  async one(@Param('id', { schema: idSchema }) id: string): Promise<DeliveryView> {
    const row = await one<DeliveryView>(this.db, `${select} where d.id = $1`, [id]);
    if (!row) throw notFound('delivery', id);
    return row;
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say what became of a delivery of unknown outcome' })
  @ApiOkResponse({ standardSchema: deliverySchema })
  async resolve(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: resolution }) { outcome }: z.output<typeof resolution>,
  ): Promise<DeliveryView> {
    const resolved = await this.resolveDelivery.run(id, outcome, await this.clock.now());
    if (resolved.kind === 'no such delivery') throw notFound('delivery', id);
    if (resolved.kind === 'not allowed')
      throw conflict(
        resolved.state === 'unknown'
          ? `Delivery ${id} is stale: it is not sent again.`
          : `Delivery ${id} is ${resolved.state}; only an unknown one can be resolved.`,
        resolved.allowed,
      );
    return this.one(id);
  }
}
