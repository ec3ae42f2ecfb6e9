import { z } from 'zod';
import { instant } from '../api/field.js';

/** The end of a pause in a body of the API: a date, or an instant, which stands for the next date that begins where the reader is. */
export const pauseEnd = z
  .union([z.iso.date(), instant], 'not a date; send YYYY-MM-DD such as 2026-03-25')
  .describe('the first date of which letters come again, YYYY-MM-DD; comes with state paused');

/** YYYY-MM-DD */
export function pauseEndDate(end: z.output<typeof pauseEnd>, timeZone: string): string {
  if (typeof end === 'string') return end;
  const local = end.toZonedDateTimeISO(timeZone);
  const isStart = local.equals(local.startOfDay());
  return local
    .toPlainDate()
    .add({ days: isStart ? 0 : 1 })
    .toString();
}
