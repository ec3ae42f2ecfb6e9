import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { fieldErrors } from './field-errors.js';
import { inWords, malformed, unprocessable, type FieldError, type Problem } from './problem.js';
import { unstorable } from './unstorable.js';

/**
 * Checks what a controller declares: `@Body({ schema })` answers 422, `@Query({ schema })` and
 * `@Param('id', { schema })` answer 400. What has no schema passes unchecked.
 */
@Injectable()
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const place = metadata.type === 'body' ? '' : (metadata.data ?? '');
    const refuse = (errors: FieldError[]) => refusal(metadata.type, place, errors);
    if (metadata.schema) {
      const bad = unstorable(value);
      if (bad.length > 0) throw refuse(bad);
    }
    const schema = metadata.schema as z.core.$ZodType | undefined;
    const pipe = new StandardSchemaValidationPipe({
      exceptionFactory: (issues) => refuse(fieldErrors(schema!, value, issues as z.core.$ZodIssue[])),
    });
    return pipe.transform(value, metadata);
  }
}

function refusal(type: ArgumentMetadata['type'], place: string, errors: FieldError[]): Problem {
  if (type === 'body') return unprocessable(errors);
  const placed = errors.map((error) => ({ ...error, path: [place, error.path].filter(Boolean).join('.') }));
  return malformed(inWords(placed), placed);
}
