import { SetMetadata } from '@nestjs/common';

export const SHOWN_ONCE = 'shown once';

/** The answer holds a secret: it is not kept for repeats under an Idempotency-Key; a repeat is told so with 409. */
export const ShownOnce = () => SetMetadata(SHOWN_ONCE, true);
