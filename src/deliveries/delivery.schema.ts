import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import { deliveryKinds, deliveryStates } from './delivery.js';
import type { DeliveryView } from './read-deliveries.js';

/** A delivery as answers show it. */
export const deliverySchema = schemaOf<DeliveryView>()(
  z.object({
    id: z.string(),
    edition: z.string(),
    subscription: z.string(),
    subscriber: z.string(),
    kind: z.enum(deliveryKinds),
    state: z.enum(deliveryStates),
    attempt: z.int().describe('attempts that counted'),
    messageId: z.string(),
    reply: z.string().nullable().describe('the relay’s last word'),
    enhancedCode: z.string().nullable().describe('such as 5.1.1 (RFC 3463)'),
    reason: z.string().nullable().describe('ours, where the relay said nothing'),
    nextAt: z.iso.datetime().nullable().describe('when a queued one is tried next'),
    settledAt: z.iso.datetime().nullable(),
  }),
);
