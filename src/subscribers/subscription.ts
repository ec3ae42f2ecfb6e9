/** What a reader wants of one list. */
export const subscriptionStates = ['pending', 'active', 'paused', 'ended'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

/**
 * The allowed changes; each is one conditional UPDATE that names the state it leaves: a reader confirms `pending → active`
 * and leaves from any state, a new sign-up makes `ended → pending`, an attestation `pending | ended → active`. What an
 * admin may do beyond that, in a reader's name:
 */
export const allowedForAdmin: Record<SubscriptionState, SubscriptionState[]> = {
  pending: ['ended'],
  active: ['paused', 'ended'],
  paused: ['paused', 'active', 'ended'],
  ended: [],
};

/** A confirmation link is good for a week; after that the pending row goes too. */
export const confirmationDays = 7;

/** For so long a reader can take back that they left, on the page that said it. */
export const minutesToUndo = 60;

/** The first morning letter is the first due instant at least this long after the confirmation, for the welcome has come before it. */
export const hoursBeforeFirstMorning = 3;
