import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import type { EditionView } from './edition-view.js';
import { ofSlice } from './slice.js';

const windowSeconds = 60;

/** How fast an edition goes out. */
export interface Pace {
  /** accepted per second, over the last minute or since the first of them */
  rate: number;
  /** null while nothing goes out */
  estimatedEnd: string | null;
}

export async function readPace(db: Db, edition: EditionView, now: Instant): Promise<Pace> {
  const recent = await one<{ accepted: number; seconds: number | null }>(
    db,
    `select coalesce(sum(d.accepted), 0)::int as accepted, extract(epoch from $2::timestamptz - min(d.since))::float as seconds
       from slice c cross join lateral
            (select count(*) as accepted, min(settled_at) as since from delivery
              where ${ofSlice} and state = 'accepted' and settled_at > $2::timestamptz - interval '${windowSeconds} seconds') d
      where c.edition_id = $1`,
    [edition.id, now],
  );
  return pace(edition, recent!.accepted, recent!.seconds ?? 0, now);
}

/** @param seconds since the first of those accepted in the last minute */
export function pace(
  { state, counts }: Pick<EditionView, 'state' | 'counts'>,
  accepted: number,
  seconds: number,
  now: Instant,
): Pace {
  const rate = Math.round((accepted / Math.max(seconds, 1)) * 10) / 10;
  const left = (counts.queued ?? 0) + (counts.armed ?? 0);
  if (state !== 'sending' || rate === 0) return { rate, estimatedEnd: null };
  return { rate, estimatedEnd: now.add({ seconds: Math.ceil(left / rate) }).toString() };
}
