import { addReaders } from './edition.mjs';
import { connect } from './ground.mjs';
import { openDataSource } from '../../dist/database/data-source.js';
import { CloseEditions } from '../../dist/deliveries/close-editions.js';
import { FinishEffects } from '../../dist/deliveries/finish-effects.js';
import { OfferSlices } from '../../dist/deliveries/offer-slices.js';
import { Reconcile } from '../../dist/deliveries/reconcile.js';
import { TendSlice } from '../../dist/deliveries/tend-slice.js';
import { SendWelcomes } from '../../dist/deliveries/send-welcomes.js';
import { OpenDueEditions } from '../../dist/editions/open-due-editions.js';
import { ResumePaused } from '../../dist/subscribers/resume-paused.js';

const ticks = 7;

/** What the clock asks of Postgres at each tick, with nothing due: the steps of clock.ts that look at readers and deliveries. */
export async function tick(ground, { subscriptions }) {
  const url = await ground.database();
  await addReaders(url, subscriptions);
  const db = await openDataSource(url);
  const queue = { offer: async () => undefined };
  const tendSlice = new TendSlice(db);
  const steps = [
    new ResumePaused(db),
    new OpenDueEditions(db),
    new Reconcile(db, tendSlice),
    new FinishEffects(db, null),
    new CloseEditions(db, tendSlice),
    new OfferSlices(db, queue),
    { run: (now) => new SendWelcomes(db, null, queue).offer(now) },
  ];
  const took = [];
  for (let n = 0; n < ticks; n++) {
    const now = Temporal.Now.instant();
    const began = performance.now();
    for (const step of steps) await step.run(now);
    took.push(performance.now() - began);
  }
  const [{ n }] = await db.query('select count(*)::int as n from subscription');
  await db.destroy();
  const median = took.sort((a, b) => a - b)[ticks >> 1];
  return [
    {
      what: `a tick over ${n} subscriptions`,
      measured: `${median.toFixed(1)} ms (median of ${ticks})`,
      yardstick: 'one round trip: ' + `${(await roundTrip(url)).toFixed(1)} ms`,
      wanted: '≤ 50 ms',
    },
  ];
}

async function roundTrip(url) {
  const db = await connect(url);
  const began = performance.now();
  for (let n = 0; n < 20; n++) await db.query('select 1');
  const ms = (performance.now() - began) / 20;
  await db.end();
  return ms;
}
