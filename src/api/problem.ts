import { HttpException } from '@nestjs/common';
import type { Scope } from './scope.js';

/** What is wrong with one field and how to put it right. `path` is the field's place, such as `figures.0.src`; empty: the whole body. */
export interface FieldError {
  path: string;
  detail: string;
  fix?: string;
}

/** An error of the API, answered as RFC 9457 problem details. */
export class Problem extends HttpException {
  constructor(
    status: number,
    title: string,
    detail: string,
    readonly extra: { errors?: FieldError[]; needed?: Scope; retryAfter?: number; [member: string]: unknown } = {},
  ) {
    super({ type: 'about:blank', title, status, detail, ...extra }, status);
  }
}

export const notFound = (what: string, id: string): Problem =>
  new Problem(404, 'Not found', `There is no ${what} "${id.slice(0, 80)}".`);

/** 400: the request cannot be parsed. `errors` name the parts, where there are any. */
export const malformed = (detail: string, errors?: FieldError[]): Problem =>
  new Problem(400, 'Malformed request', detail, errors ? { errors } : {});

/** 422: parsed, but a field is wrong. */
export const unprocessable = (errors: FieldError[]): Problem =>
  new Problem(422, 'Unprocessable', inWords(errors), { errors });

/** 409: the present state does not allow the change. `allowed` names what it does allow. */
export const conflict = (detail: string, allowed?: string[]): Problem =>
  new Problem(409, 'Conflict', detail, allowed ? { allowed } : {});

/** 403: the key is valid and lacks the scope (RFC 6750 §3.1). */
export const forbidden = (needed: Scope, held: readonly Scope[]): Problem =>
  new Problem(403, 'Forbidden', `This needs a key with the scope "${needed}"; yours has ${held.join(', ')}.`, {
    needed,
  });

/** 429, with `Retry-After` in seconds. */
export const tooMany = (detail: string, retryAfter: number): Problem =>
  new Problem(429, 'Too many requests', detail, { retryAfter });

export const inWords = (errors: FieldError[]): string =>
  errors.map(({ path, detail }) => (path ? `${path}: ${detail}` : detail)).join('; ');
