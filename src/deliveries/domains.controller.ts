import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { RowOf } from '../api/answer.js';
import { one, sql } from '../database/sql.js';
import { Rates, type Rate } from '../mail/rates.js';
import { domainSchema, domainsSchema } from './domain.schema.js';

const domain = z
  .string()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/, 'is not a domain such as example.org')
  .describe('what stands behind the @ of its readers, as A-labels');

const limit = z.strictObject({
  perSecond: z
    .number()
    .min(0.001)
    .max(100_000)
    .nullable()
    .describe(
      'letters per second to this domain, all workers together; null: no limit, also none that a complaint has left',
    ),
});

type DomainView = RowOf<typeof domainSchema>;

interface Rest {
  domain: string;
  pausedUntil: Date;
  reason: string;
}

const restsNow = `select domain, paused_until as "pausedUntil", reason from recipient_domain where paused_until > clock_timestamp()`;

/** How fast letters go to a recipient domain. */
@ApiTags('deliveries')
@Controller('api/v1/domains')
export class DomainsController {
  constructor(
    private readonly db: DataSource,
    private readonly rates: Rates,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Recipient domains that rest or have a rate' })
  @ApiOkResponse({ standardSchema: domainsSchema })
  async all(): Promise<{ items: DomainView[] }> {
    const rests = await sql<Rest>(this.db, `${restsNow} order by domain limit 1000`);
    const rates = await this.rates.all('domain');
    const names = new Set([...rests.map((rest) => rest.domain), ...rates.map(({ scope }) => nameOf(scope))]);
    const items = [...names].sort().map((name) =>
      view(
        name,
        rates.find(({ scope }) => nameOf(scope) === name),
        rests.find((rest) => rest.domain === name),
      ),
    );
    return { items };
  }

  @Get(':domain')
  @ApiOperation({ summary: 'One recipient domain' })
  @ApiOkResponse({ standardSchema: domainSchema })
  async one(@Param('domain', { schema: domain }) name: string): Promise<DomainView> {
    const rest = await one<Rest>(this.db, `${restsNow} and domain = $1`, [name]);
    return view(name, await this.rates.find(`domain:${name}`), rest);
  }

  @Put(':domain')
  @ApiOperation({ summary: 'Limit how fast letters go to a recipient domain' })
  @ApiOkResponse({ standardSchema: domainSchema })
  async limit(
    @Param('domain', { schema: domain }) name: string,
    @Body({ schema: limit }) { perSecond }: z.output<typeof limit>,
  ): Promise<DomainView> {
    await this.rates.set(`domain:${name}`, perSecond);
    return this.one(name);
  }
}

const nameOf = (scope: string): string => scope.slice(scope.indexOf(':') + 1);

const view = (name: string, rate: Rate | undefined, rest: Rest | undefined): DomainView => ({
  domain: name,
  perSecond: rate?.perSecond ?? null,
  perSecondNow: rate?.now ?? null,
  pausedUntil: rest?.pausedUntil ?? null,
  reason: rest?.reason ?? null,
});
