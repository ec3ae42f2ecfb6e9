import type pg from 'pg';
import type { AcceptedLetter } from './fault-server.js';
import { lintEditionLetter } from './lint-letter.js';

/** What is known from outside of one list's editions; the ledger is held against it. */
export interface Evidence {
  /** slug of the list whose editions are looked at */
  list: string;
  /** everything that the mail server has taken */
  log: AcceptedLetter[];
  /** addresses that must have a row */
  readers: string[];
  /** what the programs have written */
  programLogs: string;
  /** workers × connections for each kill, and the letters whose last reply the server kept back */
  unknownAllowed: number;
  /** the service's time */
  now: Date;
}

export interface Invariant {
  name: string;
  /** what breaks it, a few words each; none: it holds */
  violations: string[];
}

interface Row {
  messageId: string;
  address: string;
  state: string;
  editionState: string;
  policy: string;
  nextAt: Date;
  armedAt: Date | null;
  endedAt: Date | null;
}

const final = new Set(['accepted', 'refused', 'unknown', 'expired', 'cancelled', 'suppressed', 'skipped']);
const stopped = new Set(['paused', 'held']);
/** Whoever is named so has been refused by a server that speaks of the reader; nobody else may be suppressed. */
const readersFault = /^(gone|full|spam)\b/;

/** Holds the server's log against the ledger: MAIL.md, "Faults to survive", one entry for each invariant. */
export async function checkLedger(db: pg.Pool, evidence: Evidence): Promise<Invariant[]> {
  const rows = await readRows(db, evidence.list);
  const known = new Map(rows.map((row) => [key(row.messageId, row.address), row]));
  const log = evidence.log.filter(({ messageId }) => rows.some((row) => row.messageId === messageId));
  const logged = new Set(log.map(({ messageId, recipient }) => key(messageId, recipient)));
  const those = (wrong: (row: Row) => boolean) =>
    rows.filter(wrong).map((row) => `${row.address} is ${row.state} (edition ${row.editionState})`);
  const ofLog = (wrong: (row: Row | undefined) => boolean) =>
    log
      .filter((letter) => wrong(known.get(key(letter.messageId, letter.recipient))))
      .map(({ recipient, messageId }) => `${recipient} ${messageId}`);
  const inLog = (row: Row) => logged.has(key(row.messageId, row.address));
  const addresses = new Set(rows.map((row) => row.address));
  const unknown = rows.filter((row) => row.state === 'unknown');
  return [
    { name: 'nobody twice', violations: twice(log, known) },
    { name: 'final, or with a time to come', violations: those((row) => isStuck(row, evidence.now)) },
    { name: 'none missing', violations: evidence.readers.filter((address) => !addresses.has(address)) },
    { name: 'accepted ⊆ log', violations: those((row) => row.state === 'accepted' && !inLog(row)) },
    { name: 'log ⊆ accepted ∪ unknown ∪ armed', violations: ofLog((row) => !row || !mayBeLogged(row)) },
    {
      name: 'few unknown',
      violations: unknown.length > evidence.unknownAllowed ? [`${unknown.length} > ${evidence.unknownAllowed}`] : [],
    },
    { name: 'slices tell what is in them', violations: await misledSlices(db, evidence.list) },
    {
      name: 'each advanced schedule has its edition or a record',
      violations: await unlinkedSchedules(
        async (statement, values) => (await db.query<{ what: string }>(statement, values)).rows,
        evidence.list,
      ),
    },
    { name: 'nobody who had left', violations: ofLog((row) => row !== undefined && hadLeft(row)) },
    { name: 'no suppression for a fault of ours', violations: await suppressedWrongly(db, addresses) },
    { name: 'no token or address in the logs', violations: leaks(evidence.programLogs, log) },
    {
      name: 'every letter keeps to the rules',
      violations: log.flatMap(({ recipient, raw }) => lintEditionLetter(raw).map((fault) => `${recipient}: ${fault}`)),
    },
  ];
}

export const key = (messageId: string, address: string) => `${messageId} ${address}`;

async function readRows(db: pg.Pool, list: string): Promise<Row[]> {
  const { rows } = await db.query<Row>(
    `select d.message_id as "messageId", r.address, d.state, e.state as "editionState", l.unknown_policy as policy,
            greatest(d.next_at, p.paused_until) as "nextAt", d.armed_at as "armedAt", s.ended_at as "endedAt"
       from delivery d join edition e on e.id = d.edition_id join list l on l.id = e.list_id
       join subscription s on s.id = d.subscription_id join subscriber r on r.id = s.subscriber_id
       left join recipient_domain p on p.domain = split_part(r.address, '@', -1)
      where l.slug = $1`,
    [list],
  );
  return rows;
}

/** A letter that waits where nobody looks, or counts that are not the ledger's. */
async function misledSlices(db: pg.Pool, list: string): Promise<string[]> {
  const { rows } = await db.query<{ what: string }>(
    `with ours as (select e.id from edition e join list l on l.id = e.list_id where l.slug = $1)
     select 'delivery ' || d.id || ' is ' || d.state || ' in no open slice' as what from delivery d
      where d.edition_id in (select id from ours) and d.state in ('queued', 'armed')
        and not exists (select 1 from slice c where c.edition_id = d.edition_id and d.id between c.first_id and c.last_id and c.counts is null
                           and (d.state = 'armed' or c.next_at is null or c.next_at <= d.next_at))
     union all
     select 'slice ' || c.first_id || ' says ' || c.counts || ', the ledger ' || n.counts from slice c cross join lateral
            (select coalesce(jsonb_object_agg(state, n), '{}') as counts from
              (select state, count(*) as n from delivery d where d.edition_id = c.edition_id and d.id between c.first_id and c.last_id group by 1) s) n
      where c.edition_id in (select id from ours) and c.counts <> n.counts`,
    [list],
  );
  return rows.map(({ what }) => what);
}

/** Schedules that went on past a date without an edition, or a record that there is none. */
export async function unlinkedSchedules(
  ask: (statement: string, values: unknown[]) => Promise<{ what: string }[]>,
  list: string,
): Promise<string[]> {
  const rows = await ask(
    `select 'schedule ' || c.id || ' has no edition of ' || c.served_date as what from schedule c join list l on l.id = c.list_id
      where l.slug = $1 and c.served_date is not null and not exists (
        select 1 from edition_schedule x join edition e on e.id = x.edition_id
         where x.schedule_id = c.id and e.local_date = c.served_date)`,
    [list],
  );
  return rows.map(({ what }) => what);
}

function twice(log: AcceptedLetter[], known: Map<string, Row>): string[] {
  const times = new Map<string, number>();
  for (const { messageId, recipient } of log) {
    const letter = key(messageId, recipient);
    times.set(letter, (times.get(letter) ?? 0) + 1);
  }
  return [...times]
    .filter(([letter, count]) => count > (known.get(letter)?.policy === 'resend once' ? 2 : 1))
    .map(([letter, count]) => `${count} × ${letter}`);
}

const isStuck = (row: Row, now: Date) =>
  !final.has(row.state) && !(row.state === 'queued' && (row.nextAt > now || stopped.has(row.editionState)));

const mayBeLogged = ({ state }: Row) => state === 'accepted' || state === 'unknown' || state === 'armed';

const hadLeft = ({ endedAt, armedAt }: Row) => endedAt !== null && armedAt !== null && endedAt < armedAt;

async function suppressedWrongly(db: pg.Pool, addresses: Set<string>): Promise<string[]> {
  const { rows } = await db.query<{ address: string }>('select address from suppression');
  return rows.map(({ address }) => address).filter((address) => addresses.has(address) && !readersFault.test(address));
}

/** Addresses, and the secret part of every link that a letter carried. */
function leaks(programLogs: string, log: AcceptedLetter[]): string[] {
  const macs = log.flatMap(({ raw }) => {
    const [, mac] =
      /^List-Unsubscribe: <[^>]*\.([\w-]{20,})>/m.exec(raw.toString('latin1').replace(/\r\n[ \t]+/g, ' ')) ?? [];
    return mac ? [mac] : [];
  });
  return [
    ...(programLogs.match(/[\w.+-]+@[\w.-]*example\.org/g) ?? []),
    ...macs.filter((mac) => programLogs.includes(mac)).map((mac) => `the token ${mac.slice(0, 4)}…`),
  ];
}
