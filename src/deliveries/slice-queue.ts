import type { QueueDefinition } from '../queue/queue.js';
import type { Slice } from './slice.js';

/** Key: `editionId:firstId`. */
export const sliceQueue: QueueDefinition = { name: 'slice', concurrency: 4 };

export const sliceKey = ({ editionId, firstId }: Slice): string => `${editionId}:${firstId}`;
