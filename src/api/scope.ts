import { SetMetadata } from '@nestjs/common';

/** What a key may do. `admin` may do everything; `edit` and `approve` may read. */
export const scopes = ['read', 'edit', 'approve', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const SCOPE = 'scope';

/** Asks for another scope than the method of the request does (reading: `read`, anything else: `edit`). */
export const NeedsScope = (scope: Scope) => SetMetadata(SCOPE, scope);
