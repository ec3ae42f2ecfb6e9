import { Global, Injectable, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { LoggerModule } from 'nestjs-pino';
import { AdminModule } from './admin/admin.module.js';
import { DeskModule } from './admin/desk/desk.module.js';
import { ApiModule } from './api/api.module.js';
import { ArticlesModule } from './articles/articles.module.js';
import { Ticks } from './clock.js';
import { CONFIG, type Config } from './config.js';
import { DatabaseModule } from './database/database.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { EditionsModule } from './editions/editions.module.js';
import { Errors } from './errors.js';
import { HealthChecks } from './health/health-checks.js';
import { HealthModule } from './health/health.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { ListsModule } from './lists/lists.module.js';
import { loggerParams } from './logging.js';
import { MailModule } from './mail/mail.module.js';
import { Channels } from './mail/channels.js';
import { PagesModule } from './pages/pages.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { QueueModule } from './queue/queue.module.js';
import { Queue } from './queue/queue.js';
import { StoriesModule } from './stories/stories.module.js';
import { SubscribersModule } from './subscribers/subscribers.module.js';
import { SuppressionsModule } from './suppressions/suppressions.module.js';
import { TokensModule } from './tokens/tokens.module.js';

/** The stages in the order the data passes, and below them the leaves that all may use. */
const stages = [
  ListsModule,
  SubscribersModule,
  ArticlesModule,
  StoriesModule,
  EditionsModule,
  DeliveriesModule,
  AdminModule,
  DeskModule,
  PrivacyModule,
];
const leaves = [
  QueueModule,
  MailModule,
  SuppressionsModule,
  TokensModule,
  LimitsModule,
  PagesModule,
  ApiModule,
  HealthModule,
];

/** What /health/ready asks beside the database. */
@Injectable()
class ReadyChecks implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecks,
    private readonly queue: Queue,
    private readonly channels: Channels,
  ) {}

  onModuleInit(): void {
    this.checks.watch('queue', () => this.queue.check());
    this.checks.watch('smtp', () => this.channels.check());
  }
}

@Global()
@Module({})
export class ConfigModule {
  static of(config: Readonly<Config>): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}

@Module({})
export class AppModule {
  static of(config: Readonly<Config>): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        DatabaseModule.forUrl(config.DATABASE_URL!),
        LoggerModule.forRoot(loggerParams(config)),
        ScheduleModule.forRoot(),
        ...stages,
        ...leaves,
      ],
      providers: [Ticks, ReadyChecks, Errors, { provide: APP_FILTER, useExisting: Errors }],
    };
  }
}
