import { Ajv, type ErrorObject } from 'ajv';

interface Answer {
  content?: Record<string, { schema?: object }>;
}

type Paths = Record<string, Record<string, { responses: Record<string, Answer> }>>;

interface Document {
  paths: Paths;
  components: { schemas: Record<string, object> };
}

/** Dates are held by the patterns that stand beside their formats. */
const ajv = new Ajv({ allErrors: true, validateFormats: false, keywords: ['example'] });
const documents = new Map<string, Promise<Document>>();

/**
 * Throws where an answer of /api/v1 is not what the service's own document says of it: status, media type and every
 * field, none missing and none besides. What broke on the server's side (500) is in no document. The answer can still be
 * read afterwards.
 */
export async function holdToDocument(baseUrl: string, method: string, path: string, response: Response): Promise<void> {
  const { pathname } = new URL(path, baseUrl);
  if (!pathname.startsWith('/api/v1/') || response.status === 500) return;
  const called = `${method} ${pathname} answered ${response.status}`;
  const { paths, components } = await documentOf(baseUrl);
  const operation = operationAt(paths, method, pathname);
  // Refused before an operation is found: a path that is too long, one that there is not, or another method of it.
  if (response.status === 414 || (!operation && [400, 401, 404, 405, 413, 415].includes(response.status))) return;
  const answer = operation?.responses[response.status];
  if (!answer) throw new Error(`${called}: the document has no such answer`);

  const mediaType = response.headers.get('content-type')?.split(';')[0];
  const content = mediaType ? answer.content?.[mediaType] : undefined;
  if (mediaType && !content) throw new Error(`${called} with ${mediaType}: the document does not say so`);
  if (!mediaType && answer.content) throw new Error(`${called} with nothing: the document says otherwise`);
  const schema = mediaType === 'application/problem+json' ? components.schemas.Problem : content?.schema;
  if (!mediaType?.endsWith('json')) return;
  const problems = problemsOf(schema, await response.clone().json());
  if (problems.length > 0) throw new Error(`${called}, not as the document says: ${problems.slice(0, 5).join('; ')}`);
}

function documentOf(baseUrl: string): Promise<Document> {
  const known = documents.get(baseUrl) ?? readDocument(baseUrl);
  documents.set(baseUrl, known);
  known.catch(() => documents.delete(baseUrl)); // a service that a test takes away, and that may come back
  return known;
}

async function readDocument(baseUrl: string): Promise<Document> {
  const response = await fetch(`${baseUrl}/api/openapi.json`);
  return (await response.json()) as Document;
}

/** The operation of a path; a word of its own goes before a parameter, as `/sources/opml` does before `/sources/{id}`. */
function operationAt(paths: Paths, method: string, pathname: string) {
  const fitting = Object.keys(paths).filter((template) => fits(template, pathname));
  const [nearest] = fitting.sort((one, other) => one.split('{').length - other.split('{').length);
  return nearest === undefined ? undefined : paths[nearest]![method.toLowerCase()];
}

function fits(template: string, pathname: string): boolean {
  const parts = pathname.split('/');
  const wanted = template.split('/');
  return parts.length === wanted.length && wanted.every((part, at) => part.startsWith('{') || part === parts[at]);
}

function problemsOf(schema: object | undefined, body: unknown): string[] {
  if (!schema) return ['it has no schema'];
  const validate = ajv.compile(schema); // once for each schema object: it remembers them
  return validate(body) ? [] : validate.errors!.map(inWords);
}

const inWords = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath || 'the answer'} ${message} ${JSON.stringify(params)}`;
