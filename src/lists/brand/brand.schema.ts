import { z } from 'zod';
import { schemaOf } from '../../api/answer.js';
import type { Brand } from '../../letters/brand.js';

const logoSchema = z.object({
  path: z.string().describe('on this service'),
  width: z.int().describe('in pixels, as shown'),
  height: z.int(),
});

/** The logo just set. */
export const setLogoSchema = z.object({ logo: logoSchema });

/** How a list looks. */
export const brandSchema = schemaOf<Brand>()(
  z.object({
    accent: z.string().nullable().describe('#rrggbb; null: the house’s'),
    accentDark: z.string().nullable().describe('the same in dark mode; null: made from accent'),
    footer: z.string().describe('lines at the foot of every letter, above the postal address'),
    logo: logoSchema.nullable().describe('null: its name stands there'),
  }),
);
