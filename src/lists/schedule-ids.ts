import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { scheduleFor } from './schedules.js';
import type { ScheduleChoice } from './stored-schedule.js';

const most = 10_000;

/** Which schedule belongs to a choice, remembered for what comes thousands of times a second: schedules are made once and stay. */
@Injectable()
export class ScheduleIds {
  private readonly known = new Map<string, string>();

  constructor(private readonly db: DataSource) {}

  async find(listId: string, choice: ScheduleChoice, now: Instant): Promise<string> {
    const key = JSON.stringify([listId, choice.timeZone, choice.localTime, choice.weekdays]);
    const known = this.known.get(key);
    if (known) return known;
    const id = await this.db.transaction((tx) => scheduleFor(tx, listId, choice, now));
    if (this.known.size >= most) this.known.clear();
    this.known.set(key, id);
    return id;
  }
}
