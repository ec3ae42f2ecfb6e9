import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { id as idSchema } from '../api/field.js';
import { notFound } from '../api/problem.js';
import { NeedsScope } from '../api/scope.js';
import { Clock } from '../database/database.module.js';
import { EraseReader } from './erase-reader.js';
import { myDataSchema } from './my-data.schema.js';
import { ReadMyData, type MyData } from './read-my-data.js';

/** For those whom a reader asks in another way than by the links of their letters. */
@ApiTags('subscribers')
@Controller('api/v1/subscribers/:id')
export class PrivacyApiController {
  constructor(
    private readonly clock: Clock,
    private readonly readMyData: ReadMyData,
    private readonly eraseReader: EraseReader,
  ) {}

  @Get('export')
  @NeedsScope('admin')
  @ApiOperation({ summary: 'Everything that is held about a person' })
  @ApiOkResponse({ standardSchema: myDataSchema })
  async all(@Param('id', { schema: idSchema }) id: string): Promise<MyData> {
    const data = await this.readMyData.run(id);
    if (!data) throw notFound('subscriber', id);
    return data;
  }

  @Delete()
  @HttpCode(204)
  @NeedsScope('admin')
  @ApiOperation({
    summary: 'Erase a person',
    description:
      'Nothing that says who they are stays, but an HMAC of the address that keeps imports and attestations from bringing them back. Their own sign-up can. The ledger keeps its counts.',
  })
  async erase(@Param('id', { schema: idSchema }) id: string): Promise<void> {
    if (!(await this.eraseReader.run(id, await this.clock.now()))) throw notFound('subscriber', id);
  }
}
