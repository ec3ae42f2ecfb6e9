import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NeedsScope } from '../api/scope.js';
import { Clock } from '../database/database.module.js';
import { OfferSlices } from './offer-slices.js';
import { RestoreGuard, type Whereabouts } from './restore-guard.js';
import { whereaboutsSchema } from './restore.schema.js';

/** The restore guard, to look at and to release. */
@ApiTags('deliveries')
@Controller('api/v1/restore')
export class RestoreController {
  constructor(
    private readonly guard: RestoreGuard,
    private readonly offerSlices: OfferSlices,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Whether the database is where it was; nothing is sent while it is not' })
  @ApiOkResponse({ standardSchema: whereaboutsSchema })
  whereabouts(): Promise<Whereabouts> {
    return this.guard.look();
  }

  @Post('confirm')
  @HttpCode(200)
  @NeedsScope('admin')
  @ApiOperation({
    summary: 'Say that this is the only copy from here on. First cancel the editions that must not go out',
  })
  @ApiOkResponse({ standardSchema: whereaboutsSchema })
  async confirm(): Promise<Whereabouts> {
    await this.guard.confirm();
    await this.offerSlices.run(await this.clock.now());
    return this.guard.look();
  }
}
