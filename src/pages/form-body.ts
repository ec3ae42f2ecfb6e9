/** What a form sent, field by field; nothing where the body is none (JSON of another shape, text). */
export const formBody = (body: unknown): Record<string, unknown> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
