import { z } from 'zod';
import { line } from '../api/field.js';

export const section = line(40).min(1).describe('a subject readers can choose, such as World or Middle East');

export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'is not a language tag')
  .describe('BCP 47 tag of the language it is written in, such as en or fr-CA');
