import { z } from 'zod';
import { instant, line } from '../api/field.js';
import { scopes } from '../api/scope.js';

export const keyInput = z.strictObject({
  owner: line(120).min(1).describe('who or what will use the key, 1 to 120 characters'),
  scopes: z
    .array(z.enum(scopes))
    .min(1)
    .describe(`one or more of ${scopes.join(', ')}; admin may do everything, edit and approve may read`)
    .transform((list) => [...new Set(list)]),
  expiresAt: instant
    .optional()
    .describe('when the key ends, an instant in the future such as 2027-01-31T00:00:00Z (absent: never)'),
});

export const keyView = z.object({
  id: z.string(),
  owner: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable().describe('to the minute'),
  revokedAt: z.iso.datetime().nullable(),
});

export const newKeyView = keyView.extend({ key: z.string().describe('the key itself: shown here and never again') });

export type KeyInput = z.output<typeof keyInput>;
