import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Pause {
  until: Date;
  zone: string;
}

/**
 * A pause ends on a date of the reader's, wherever they are by then; it was kept as an instant. The date is that of the instant in the zone in
 * which the reader is told the time: the next date, where the pause ended in the middle of a day. The date stays on the subscription after the
 * pause: letters of earlier dates, which may yet come due in another zone, are not for this reader.
 */
export class PauseUntilDates1779821000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const zone = `(select coalesce(c.chosen_zone, r.time_zone, c.time_zone) from schedule c, subscriber r where c.id = s.schedule_id and r.id = s.subscriber_id)`;
    const pauses = (await db.query(
      `select distinct paused_until as until, ${zone} as zone from subscription s where paused_until is not null`,
    )) as Pause[];
    await db.query(`alter table subscription add column paused_until_date date`);
    const dates = pauses.map(({ until, zone }) => ({ until, zone, date: firstDateAfter(until, zone) }));
    await db.query(
      `update subscription s set paused_until_date = p.date
         from jsonb_to_recordset($1::jsonb) as p (until timestamptz, zone text, date date)
        where date_trunc('milliseconds', s.paused_until) = p.until and ${zone} = p.zone`,
      [JSON.stringify(dates)],
    );
    await db.query(`alter table subscription drop column paused_until`);
    await db.query(`alter table subscription rename column paused_until_date to paused_until`);
    await db.query(`
      alter table subscription
        add constraint subscription_paused check (case state when 'paused' then paused_until is not null when 'active' then true else paused_until is null end)`);
    await db.query(`create index subscription_paused on subscription (paused_until) where state = 'paused'`);
    await db.query(
      `comment on column subscription.paused_until is 'the first date of which letters come; it stays after the pause, and goes when the reader ends the pause'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}

function firstDateAfter(until: Date, zone: string): string {
  const local = until.toTemporalInstant().toZonedDateTimeISO(zone);
  const isStart = local.equals(local.startOfDay());
  return local
    .toPlainDate()
    .add({ days: isStart ? 0 : 1 })
    .toString();
}
