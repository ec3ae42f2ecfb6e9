import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { LoadSample } from '../articles/sample/load-sample.js';
import { Clock } from '../database/database.module.js';
import { one } from '../database/sql.js';
import { LatestEdition } from '../editions/latest-edition.js';
import { newList } from '../lists/list-input.js';
import { SaveList } from '../lists/save-list.js';

const sampleList = newList.parse({
  slug: 'daily-news-brief',
  name: 'Daily news brief',
  tagline: 'Essential international news every morning',
  timeZone: 'Europe/Paris',
  localTime: '07:00',
  sections: ['World', 'Middle East', 'Europe', 'Africa', 'Asia', 'Americas', 'Economy', 'Science', 'Climate'],
  minStories: 2,
  maxStories: 6,
  postalAddress: 'Daily News Brief, 1 Example Street, 75000 Paris, France',
});

/** Loads the sample list and feed, through the ways that real ones take. Safe to repeat: what stands stays as it is. */
export async function seedSample(app: NestFastifyApplication): Promise<void> {
  const db = app.get(DataSource);
  const now = await app.get(Clock).now();
  await app.get(SaveList, { strict: false }).create(sampleList, now);
  await app.get(LoadSample, { strict: false }).run(now);
  const list = await one<{ id: string }>(db, `select id from list where slug = $1`, [sampleList.slug]);
  const issued = await one(db, `select 1 from edition where list_id = $1 limit 1`, [list!.id]);
  if (!issued) await app.get(LatestEdition, { strict: false }).run(list!.id, await app.get(Clock).now());
}
