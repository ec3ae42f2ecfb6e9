import { z } from 'zod';
import { lines } from '../../api/field.js';
import { contrastOf, leastContrast } from '../../letters/brand.js';

/** A colour that can be read where it is used, or a problem with the ratio that it has. */
const colour = (mode: 'light' | 'dark') =>
  z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'is not a colour; send one such as #8f1a1d')
    .transform((text) => text.toLowerCase())
    .superRefine((text, context) => {
      if (!/^#[0-9a-f]{6}$/.test(text) || contrastOf(text, mode) >= leastContrast) return;
      const found = (Math.floor(contrastOf(text, mode) * 100) / 100).toFixed(2);
      const way = mode === 'light' ? 'darker' : 'lighter';
      context.addIssue({
        code: 'custom',
        message: `has a contrast of ${found} to 1 where it has least, and WCAG AA asks for ${leastContrast}; send a ${way} one`,
      });
    })
    .nullable();

/** Some of a list's looks; what is left out stays. The logo has a route of its own. */
export const brand = z
  .strictObject({
    accent: colour('light').optional().describe('of labels, links and buttons; null: the house’s'),
    accentDark: colour('dark').optional().describe('the same in dark mode; null: made from accent'),
    footer: lines(500).optional().describe('lines at the foot of every letter, above the postal address'),
  })
  .transform((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))
  .describe('how it looks');
