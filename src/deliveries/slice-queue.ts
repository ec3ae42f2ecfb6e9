import type { QueueDefinition } from '../queue/queue.js';

/** Key: `editionId:slice`. */
export const sliceQueue: QueueDefinition = { name: 'slice', concurrency: 4 };

export const sliceKey = (editionId: string, slice: number): string => `${editionId}:${slice}`;
