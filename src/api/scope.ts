import { SetMetadata } from '@nestjs/common';

/** What a key may do. `admin` may do everything; `edit` and `approve` may read. */
export const scopes = ['read', 'edit', 'approve', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const SCOPE = 'scope';

/** Asks for another scope than the method of the request does (reading: `read`, anything else: `edit`). */
export const NeedsScope = (scope: Scope) => SetMetadata(SCOPE, scope);

/** Whether a key with these scopes may do what needs that one. */
export function covers(held: readonly Scope[], needed: Scope): boolean {
  if (held.includes('admin') || held.includes(needed)) return true;
  return needed === 'read' && held.length > 0;
}
