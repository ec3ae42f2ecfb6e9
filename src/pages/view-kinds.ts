import type { ViewName } from './view-data.js';

/** Anybody may read these at their address again: they may be cached, indexed, and offered in other languages. */
const open = new Set<ViewName>(['home', 'landing', 'embed', 'article', 'archive', 'issue']);

/** These show the box, and run its script. */
const withBox = new Set<ViewName>([...open, 'box', 'subscribe-error', 'error']);

export function isOpen(view: ViewName): boolean {
  return open.has(view);
}

/** The script that a page runs; without it everything works too. */
export function scriptOf(view: ViewName): 'box.js' | 'desk.js' | null {
  if (view === 'desk') return 'desk.js';
  return withBox.has(view) ? 'box.js' : null;
}
