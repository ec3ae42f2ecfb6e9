import type { Scope } from '../api/scope.js';

/** Collections that only an admin may see or touch. */
const forAdmins = ['keys', 'audit', 'imports'];

/** What a request needs where its controller says nothing: reading `read`, anything else `edit`. */
export function neededScope(method: string, route: string): Scope {
  const collection = route.split('/')[3] ?? '';
  if (forAdmins.includes(collection)) return 'admin';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'edit';
}
