import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { id as idSchema } from '../api/field.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { deliveryStates } from './delivery.js';
import { deliverySchema } from './delivery.schema.js';
import { readDeliveries, readDelivery, type DeliveryView } from './read-deliveries.js';
import { resolutions, ResolveDelivery } from './resolve-delivery.js';

const query = pageQuery.extend({
  edition: idSchema.optional(),
  state: z.enum(deliveryStates).optional(),
  subscriber: idSchema.optional(),
});

const resolution = z.strictObject({
  outcome: z.enum(resolutions).describe('what the relay or its log says; `resend`: send it once more'),
});

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
    @Query({ schema: query }) { limit, cursor, ...filter }: z.output<typeof query>,
  ): Promise<Page<DeliveryView>> {
    const rows = await readDeliveries(this.db, { ...filter, before: beforeId(cursor), limit: limit + 1 });
    return page(rows, limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One delivery' })
  @ApiOkResponse({ standardSchema: deliverySchema })
  async one(@Param('id', { schema: idSchema }) id: string): Promise<DeliveryView> {
    const row = await readDelivery(this.db, id);
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
