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
 * The allowed changes. Each is one conditional UPDATE that names the state it leaves and, from `armed` on, the token of the
 * attempt. Zero rows: somebody else has changed it. A row begins as `queued` or `skipped`. docs/STATES.md shows the same.
 */
export const transitions: Record<DeliveryState, DeliveryState[]> = {
  queued: ['armed', 'refused', 'expired', 'cancelled', 'suppressed'],
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
