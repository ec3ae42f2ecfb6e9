import { Global, Injectable, Inject, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { dataSourceOptions } from './data-source.js';
import { readNow, type Instant } from './now.js';

/** A reading is good for this long; after that the database is asked again. */
const goodForMs = 1_000;

/** The one clock, asked once a step: see `readNow`. */
@Injectable()
export class Clock {
  private reading?: { now: Instant; takenAtMs: number };

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  now(): Promise<Instant> {
    return readNow(this.db, this.config.CLOCK_OFFSET);
  }

  /**
   * The same clock for steps that come thousands of times a second: its last reading, moved on by the time that has passed
   * in this process since, a second at most.
   */
  async recent(): Promise<Instant> {
    const { reading } = this;
    const passedMs = reading ? performance.now() - reading.takenAtMs : Infinity;
    if (passedMs < goodForMs) return reading!.now.add({ milliseconds: Math.floor(passedMs) });
    const now = await this.now();
    this.reading = { now, takenAtMs: performance.now() };
    return now;
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
