/** What is known of one letter of an edition to one reader. */
export const deliveryStates = [
  'queued',
  'armed',
  'accepted',
  'refused',
  'unknown',
  'expired',
  'cancelled',
  'suppressed',
  'skipped',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/**
 * The allowed changes; each is one conditional UPDATE that names the state it leaves and, from `armed` on, the token
 * of the attempt. Zero rows: somebody else has it, or it has moved on.
 */
export const transitions: Record<DeliveryState, DeliveryState[]> = {
  queued: ['armed', 'refused', 'expired', 'cancelled', 'suppressed', 'skipped'],
  armed: ['accepted', 'refused', 'queued', 'unknown'],
  unknown: ['accepted', 'refused', 'queued'],
  accepted: [],
  refused: ['queued'], // an admin's retry
  expired: ['queued'], // an admin's retry
  cancelled: [],
  suppressed: [],
  skipped: [],
};

export const deliveryKinds = ['morning', 'special', 'welcome'] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];
