import { z } from 'zod';
import { suppressionReasons } from './suppressions.js';

/** An address that letters do not go to. */
export const suppressionSchema = z.object({
  id: z.string(),
  address: z.string(),
  reason: z.enum(suppressionReasons),
  detail: z.string(),
  createdAt: z.iso.datetime(),
});

export const addedSuppressionSchema = z.object({
  address: z.string().describe('as it was kept'),
  added: z.boolean().describe('false: one that weighs as much or more stands already'),
});
