import type { QueueDefinition } from '../queue/queue.js';

/** Key: the id of a subscription that its reader has just confirmed. Stage `deliveries` works on it. */
export const welcomeQueue: QueueDefinition = { name: 'welcome', concurrency: 2 };
