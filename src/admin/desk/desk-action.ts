import type { Scope } from '../../api/scope.js';
import type { Decisions } from '../../editions/rundown/rundown.js';

/** Every button of the desk and the scope it needs. The desk looks here before it does anything. */
export const deskScopes = {
  save: 'edit',
  to: 'edit',
  pin: 'edit',
  unpin: 'edit',
  drop: 'edit',
  restore: 'edit',
  hold: 'edit',
  release: 'edit',
  rehearse: 'edit',
  proof: 'edit',
  approve: 'approve',
  override: 'approve',
  go: 'read',
} as const satisfies Record<string, Scope>;
export type DeskVerb = keyof typeof deskScopes;

/** The verb of a button's value, such as `to` of `to:42:0`. Undefined: no button of the desk. */
export function verbOf(text: string): DeskVerb | undefined {
  const [verb = ''] = text.split(':');
  return Object.hasOwn(deskScopes, verb) ? (verb as DeskVerb) : undefined;
}

/** What an editor presses. `to` moves a story to a place of the edition, counted from 0. */
export type DeskAction =
  | { do: 'save' }
  | { do: 'to'; article: string; place: number }
  | { do: 'pin' | 'unpin' | 'drop' | 'restore'; article: string }
  | { do: 'hold' | 'release' };

/** Reads the value of the button that was pressed, such as `to:42:0`; null: none of ours. */
export function readAction(text: string): DeskAction | null {
  const [verb, article, place] = text.split(':');
  const known = /^\d{1,18}$/.test(article ?? '');
  if (verb === 'to' && known && /^\d{1,3}$/.test(place ?? ''))
    return { do: verb, article: article!, place: Number(place) };
  if ((verb === 'pin' || verb === 'unpin' || verb === 'drop' || verb === 'restore') && known)
    return { do: verb, article: article! };
  return verb === 'save' || verb === 'hold' || verb === 'release' ? { do: verb } : null;
}

/** Where a button leads: to another day, to the lists, or out. */
export type Way = 'lists' | 'out' | `${number}-${number}-${number}`;

/** Reads the value of such a button, such as `go:2026-12-02`; null: it stays on this day. */
export function readWay(text: string): Way | null {
  const way = /^go:(lists|out|\d{4}-\d\d-\d\d)$/.exec(text)?.[1];
  return (way as Way | undefined) ?? null;
}

/**
 * The decisions after a press. A story that is moved is pinned where it was put, and so is what stands above it, for only pins
 * have a place of their own.
 *
 * @param order the articles of the edition as the editor saw them
 */
export function act(decisions: Decisions, order: string[], action: DeskAction): Decisions {
  const { pins, drops } = decisions;
  switch (action.do) {
    case 'save':
      return decisions;
    case 'hold':
    case 'release':
      return { ...decisions, hold: action.do === 'hold' };
    case 'pin':
      return {
        ...decisions,
        pins: [...without(pins, action.article), action.article],
        drops: without(drops, action.article),
      };
    case 'unpin':
      return { ...decisions, pins: without(pins, action.article) };
    case 'drop':
      return {
        ...decisions,
        pins: without(pins, action.article),
        drops: [...without(drops, action.article), action.article],
      };
    case 'restore':
      return { ...decisions, drops: without(drops, action.article) };
    case 'to': {
      const moved = without(order, action.article).toSpliced(action.place, 0, action.article);
      return { ...decisions, pins: moved.slice(0, Math.max(pins.length, action.place + 1)) };
    }
  }
}

const without = (ids: string[], id: string): string[] => ids.filter((one) => one !== id);
