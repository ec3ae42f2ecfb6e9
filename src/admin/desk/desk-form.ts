import { z } from 'zod';
import type { Decisions, RewrittenLines } from '../../editions/rundown/rundown.js';
import { formBody } from '../../pages/form-body.js';

const text = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().catch(''));
const several = text.transform((ids) => ids.split(',').filter(Boolean));

const fields = z.looseObject({
  do: text,
  version: text,
  order: several,
  pins: several,
  drops: several,
  subject: text,
  preheader: text,
  note: text,
  hold: text,
  addresses: text,
  reason: text,
});

/** What the desk's form sends: everything that can be seen on it, and the button that was pressed. */
export interface DeskForm {
  do: string;
  version: number;
  order: string[];
  decisions: Decisions;
  /** In fields that belong to one button, and are no decisions. */
  typed: { addresses: string; reason: string };
}

/** @param originals title and standfirst by article: lines that are as they were are no rewriting */
export function readDeskForm(body: unknown, originals: ReadonlyMap<string, Original>): DeskForm {
  const form = fields.parse(formBody(body));
  return {
    do: form.do,
    version: Number(form.version) || 0,
    order: form.order,
    decisions: {
      pins: form.pins,
      drops: form.drops,
      lines: [...originals].flatMap(([article, original]) => linesOf(form, article, original)),
      note: form.note.trim() || null,
      subject: form.subject.trim() || null,
      preheader: form.preheader.trim() || null,
      hold: form.hold === 'yes',
    },
    typed: { addresses: form.addresses, reason: form.reason },
  };
}

export interface Original {
  title: string;
  standfirst: string;
}

/** The articles whose lines a form holds. */
export const articlesIn = (body: unknown): string[] =>
  Object.keys(formBody(body))
    .map((name) => /^title-(\d{1,18})$/.exec(name)?.[1])
    .filter((id) => id !== undefined);

function linesOf(form: Record<string, unknown>, article: string, original: Original): RewrittenLines[] {
  const title = lineOf(form[`title-${article}`], original.title);
  const standfirst = lineOf(form[`standfirst-${article}`], original.standfirst);
  if (title === undefined && standfirst === undefined) return [];
  return [{ article, ...(title !== undefined && { title }), ...(standfirst !== undefined && { standfirst }) }];
}

function lineOf(value: unknown, original: string): string | undefined {
  const line = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
  return line === '' || line === original.replace(/\s+/g, ' ').trim() ? undefined : line;
}
