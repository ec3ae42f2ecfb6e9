import type { Approval, CutOffRule } from '../../lists/list.entity.js';
import { noRundown, type Rundown } from './rundown.js';

/** What a due edition does with an issue's rundown. `reason` is written down with the edition. */
export type Course =
  | { kind: 'compose'; rundown: Rundown; reason: string | null }
  | { kind: 'hold'; reason: string }
  | { kind: 'skip'; reason: string };

/**
 * Which version an edition goes out by when it is due. Where the list wants a second person's approval and the latest version has
 * none, the list's own rule decides; it was announced, so that nobody is surprised at the cut-off.
 *
 * @param approved the latest version that has been approved
 * @param red what a rehearsal has found that keeps it from going out
 */
export function rundownInForce(
  rule: { approval: Approval; atCutOff: CutOffRule },
  current: Rundown,
  approved: Rundown | undefined,
  red: string | null,
): Course {
  if (current.decisions.hold) return { kind: 'hold', reason: `held by ${current.editedBy}` };
  if (red !== null) return { kind: 'hold', reason: `its rehearsal is red: ${red}` };
  if (rule.approval === 'none' || current.approvedAt) return { kind: 'compose', rundown: current, reason: null };
  switch (rule.atCutOff) {
    case 'send as composed':
      return { kind: 'compose', rundown: current, reason: 'nobody approved it: sent as composed' };
    case 'send last approved':
      return {
        kind: 'compose',
        rundown: approved ?? noRundown,
        reason: approved
          ? `nobody approved version ${current.version}: sent by version ${approved.version}, the last approved`
          : 'nobody approved any version: sent without the desk’s decisions',
      };
    case 'skip':
      return { kind: 'skip', reason: 'nobody approved it' };
  }
}
