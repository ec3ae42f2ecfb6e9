import { isDeepStrictEqual } from 'node:util';
import { noDecisions, type Decisions } from './rundown.js';

const fields = Object.keys(noDecisions) as (keyof Decisions)[];

/** The fields in which two rundowns differ. */
export const changesBetween = (one: Decisions, other: Decisions): (keyof Decisions)[] =>
  fields.filter((field) => !isDeepStrictEqual(one[field], other[field]));
