import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { ApiKey } from '../../api/caller.js';
import { fieldErrors } from '../../api/field-errors.js';
import { inWords } from '../../api/problem.js';
import type { Instant } from '../../database/now.js';
import type { Decisions, Rundown } from '../../editions/rundown/rundown.js';
import { rundownInput } from '../../editions/rundown/rundown-input.js';
import { WriteRundown } from '../../editions/rundown/write-rundown.js';

export type TypedSaved =
  | { kind: 'saved' }
  | { kind: 'wrong'; detail: string }
  /** Somebody was faster; nothing is overwritten. */
  | { kind: 'changed meanwhile'; current: Rundown; wanted: Decisions };

/** Saves the decisions that a form of the desk holds, as the API would. */
@Injectable()
export class SaveTyped {
  constructor(private readonly writeRundown: WriteRundown) {}

  async run(
    issue: { listId: string; date: string },
    version: number,
    decisions: Decisions,
    key: ApiKey,
    now: Instant,
  ): Promise<TypedSaved> {
    const input = { ...decisions, version };
    const checked = rundownInput.safeParse(input);
    if (!checked.success)
      return { kind: 'wrong', detail: inWords(fieldErrors(rundownInput, input, checked.error.issues)) };
    const { version: basedOn, ...wanted } = checked.data;
    const written = await this.writeRundown.run(issue, basedOn, wanted, key, now);
    if (written.kind === 'wrong') return { kind: 'wrong', detail: inWords(written.errors) };
    return written.kind === 'written' ? { kind: 'saved' } : { ...written, wanted };
  }
}

/** Whether a form holds other decisions than those that stand. The order of rewritten lines says nothing. */
export const isTyped = (form: Decisions, standing: Decisions): boolean =>
  !isDeepStrictEqual(comparable(form), comparable(standing));

const comparable = ({ lines, note, ...rest }: Decisions) => ({
  ...rest,
  note: note?.replace(/\r\n?/g, '\n') ?? null,
  lines: [...lines].sort((a, b) => Number(a.article) - Number(b.article)),
});
