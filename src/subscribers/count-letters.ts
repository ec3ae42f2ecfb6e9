/**
 * Counts letters that anybody can ask for, as part of a statement: one row for each mailbox, in which `letter_for` is the mark of the request that may have
 * a letter. The row's lock makes two requests for one mailbox come one after the other, and the second reads what the first has written there: so the
 * caps hold on all instances together. In the order of the keys, so that two groups cannot wait for each other.
 *
 * @param requests a table expression with the columns mailbox (none twice), mark and `mayWrite`
 * @param caps expressions: so many in a day, none since `pausedSince`; `aDayAgo` is where the day began
 */
export const countLetters = (
  requests: string,
  { now, perDay, pausedSince, aDayAgo }: Record<'now' | 'perDay' | 'pausedSince' | 'aDayAgo', string>,
): string => `
  insert into mailbox as m (key, letters_at, letter_for)
  select mailbox, case when "mayWrite" then array[${now}::timestamptz] else '{}' end, case when "mayWrite" then mark end
    from ${requests} order by mailbox
  on conflict (key) do update set (letters_at, letter_for) = (
    select case when may then recent || ${now}::timestamptz else m.letters_at end, case when may then excluded.letter_for else m.letter_for end
      from (select coalesce(array_agg(at), '{}') as recent,
                   excluded.letter_for is not null and count(*) < ${perDay} and coalesce(max(at) <= ${pausedSince}::timestamptz, true) as may
              from unnest(m.letters_at) as at where at > ${aDayAgo}::timestamptz) as letters)
  returning key, letter_for`;
