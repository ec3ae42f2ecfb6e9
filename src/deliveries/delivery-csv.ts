import type { Db } from '../database/sql.js';
import { sql } from '../database/sql.js';
import { slicesOf } from './slice.js';

const columns = ['delivery', 'subscriber', 'address', 'state', 'attempt', 'messageId', 'reply', 'reason', 'settledAt'];
const rowsAtOnce = 1_000;

/** Who got an edition and who did not, as lines of RFC 4180, in the order of ids; a thousand rows at a time. */
export async function* deliveryCsv(db: Db, editionId: string): AsyncGenerator<string> {
  yield line(columns);
  for (const { firstId, lastId } of await slicesOf(db, editionId)) {
    for (let from = firstId; ;) {
      const rows = await sql<Record<string, unknown> & { delivery: string }>(db, page, [editionId, from, lastId]);
      yield rows.map((row) => line(columns.map((column) => row[column]))).join('');
      if (rows.length < rowsAtOnce) break;
      from = String(BigInt(rows.at(-1)!.delivery) + 1n);
    }
  }
}

const page = `
  select d.id as delivery, s.subscriber_id as subscriber, r.address, d.state, d.attempt, d.message_id as "messageId", d.reply, d.reason,
         d.settled_at as "settledAt"
    from (select * from delivery where edition_id = $1 and id between $2 and $3 order by id limit ${rowsAtOnce}) d
    join subscription s on s.id = d.subscription_id join subscriber r on r.id = s.subscriber_id order by d.id`;

const line = (values: unknown[]): string => `${values.map(cell).join(',')}\r\n`;

/** A spreadsheet runs what begins like a formula (OWASP, CSV injection), and a mail server chooses its own words. */
export function cell(value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : value == null ? '' : String(value as string | number);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
