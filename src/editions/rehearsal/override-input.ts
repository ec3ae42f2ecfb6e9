import { z } from 'zod';
import { line } from '../../api/field.js';

export const override = z.strictObject({ reason: line(500).min(3).describe('why it goes out all the same') });
