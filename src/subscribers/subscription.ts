/** What a reader wants of one list. */
export const subscriptionStates = ['pending', 'active', 'paused', 'ended'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

/**
 * The allowed changes; each is one conditional UPDATE that names the state it leaves: a reader confirms `pending | ended → active`
 * and leaves from any state, an attestation makes `pending | ended → active`. A sign-up for an ended subscription changes no state:
 * whoever left stays so until they confirm, or a consent newer than the leaving is attested. What an
 * admin may do beyond that, in a reader's name:
 */
export const allowedForAdmin: Record<SubscriptionState, SubscriptionState[]> = {
  pending: ['ended'],
  active: ['paused', 'ended'],
  paused: ['paused', 'active', 'ended'],
  ended: [],
};

/** SQL that holds for subscriptions of any state but `ended`, and for ended ones that somebody has asked for since. */
export const isStanding = `(state <> 'ended' or requested_at > ended_at)`;

/**
 * SQL for a subscription `s` that comes back with another schedule: the date of the last issue that came before the reader left. A later hour of the same day brings it no second time.
 */
export const dateHad = `greatest(s.previous_date, (select c.served_date from schedule c where c.id = s.schedule_id and c.served_at <= s.ended_at))`;

/** A confirmation link is good for a week; after that the pending row goes too. */
export const confirmationDays = 7;

/** For so long a reader can take back that they left, on the page that said it. */
export const minutesToUndo = 60;

/** The first morning letter is the first due instant at least this long after the confirmation, for the welcome has come before it. */
export const hoursBeforeFirstMorning = 3;
