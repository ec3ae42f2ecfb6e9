import { Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Metrics } from './metrics.js';

/** What a person has to look at: a line at level `error`, and `alarms_total` by kind, for whoever is woken by metrics. */
@Injectable()
export class Alarms {
  private readonly log = new Logger('Alarm');
  private readonly raised: Counter<'kind'>;

  constructor(metrics: Metrics) {
    this.raised = metrics.counter('alarms_total', 'What a person has to look at', ['kind']);
  }

  /** @param kind one of a few words @param sentence without addresses or tokens of readers */
  raise(
    kind:
      'degraded' | 'domain' | 'edition' | 'breaker' | 'suppressions' | 'channel' | 'restore' | 'source' | 'sign-ups',
    sentence: string,
  ): void {
    this.raised.inc({ kind });
    this.log.error(sentence);
  }
}
