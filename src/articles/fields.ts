import { z } from 'zod';
import { hasUnwantedCharacters } from './text/clean-characters.js';

/** One line of plain text, as it may stand in a subject or a heading. */
export const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((text) => !hasUnwantedCharacters(text), {
      message: 'has a line break, or control or direction-changing characters',
      params: { fix: 'Send one line of plain text.' },
    });

export const section = line(40).min(1).describe('a subject readers can choose, such as World or Middle East');

export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'is not a language tag')
  .describe('BCP 47 tag of the language it is written in, such as en or fr-CA');
