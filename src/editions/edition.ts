import type { Approval, CutOffRule, RehearsalRule } from '../lists/list.entity.js';

/** An issue going out at one due instant. */
export const editionStates = [
  'composing',
  'ready',
  'sending',
  'paused',
  'done',
  'held',
  'skipped',
  'cancelled',
] as const;
export type EditionState = (typeof editionStates)[number];

export const editionKinds = ['morning', 'special'] as const;
export type EditionKind = (typeof editionKinds)[number];

/** Whom an edition goes to: the schedules that are due, every active subscription, or only the readers it welcomes. */
export type Audience = 'due' | 'all' | 'new';

/** The allowed changes; each is one conditional UPDATE that names the states it leaves. */
export const transitions: Record<EditionState, EditionState[]> = {
  composing: ['ready', 'done', 'held', 'skipped', 'cancelled'], // `done`: composed for welcomes only
  ready: ['sending', 'done', 'cancelled'],
  held: ['composing', 'skipped', 'cancelled'],
  sending: ['paused', 'done', 'cancelled'],
  paused: ['sending', 'cancelled'],
  done: ['sending'], // by a retry, or when a delivery of unknown outcome is sent once more
  skipped: [],
  cancelled: [],
};

/** States that a change to `to` may start from. */
export const statesBefore = (to: EditionState): EditionState[] =>
  editionStates.filter((from) => transitions[from].includes(to));

/** What choosing and composing need of an edition; one that is only being looked at has no more. */
export type ComposedEdition = Pick<
  Edition,
  'id' | 'listId' | 'kind' | 'localDate' | 'namedArticles' | 'rundownVersion' | 'maxStories' | 'floor' | 'listLocale'
> & {
  /** How many days back its stories may lie, where no schedule is due yet that would say so. */
  reachDays?: number;
};

/** A row of `edition` with what composing and sending need of its list. */
export interface Edition {
  id: string;
  listId: string;
  kind: EditionKind;
  audience: Audience;
  state: EditionState;
  dueAt: Date;
  localDate: string;
  composedAt: Date | null;
  namedArticles: string[] | null;
  publicVariantId: string | null;
  rundownVersion: number | null;
  minStories: number;
  maxStories: number;
  floor: number;
  freshForSeconds: number;
  approval: Approval;
  atCutOff: CutOffRule;
  rehearsal: RehearsalRule;
  listLocale: string;
  archived: boolean;
}
