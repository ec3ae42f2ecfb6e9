import type { ViewName } from './view-data.js';

/** Anybody may read these at their address again: they may be cached, indexed, and offered in other languages. */
const open = new Set<ViewName>(['home', 'landing', 'embed', 'article', 'archive', 'issue']);

/** These show the box, and run its script. */
const withBox = new Set<ViewName>([...open, 'box', 'subscribe-error', 'error']);

export function isOpen(view: ViewName): boolean {
  return open.has(view);
}

export type Script = 'box.js' | 'desk.js' | 'unsaved.js';

/** The scripts that a page runs; without them everything works too. */
export function scriptsOf(view: ViewName): Script[] {
  if (view === 'desk') return ['desk.js', 'unsaved.js'];
  if (view === 'preferences') return ['unsaved.js'];
  return withBox.has(view) ? ['box.js'] : [];
}
