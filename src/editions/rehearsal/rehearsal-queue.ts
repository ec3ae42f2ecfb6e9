import type { QueueDefinition } from '../../queue/queue.js';

/** Key: the id of a rehearsal that was asked for. Stage `deliveries` works on it. */
export const rehearsalQueue: QueueDefinition = { name: 'rehearsal', concurrency: 1 };
