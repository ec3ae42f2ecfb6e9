import { Global, Injectable, Inject, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { dataSourceOptions } from './data-source.js';
import { readNow, type Instant } from './now.js';

/** The one clock, asked once a step: see `readNow`. */
@Injectable()
export class Clock {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  now(): Promise<Instant> {
    return readNow(this.db, this.config.CLOCK_OFFSET);
  }
}

@Global()
@Module({})
export class DatabaseModule {
  static forUrl(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(url), autoLoadEntities: true })],
      providers: [Clock],
      exports: [Clock],
    };
  }
}
