type Data = Record<string, unknown>;

const aboutNews = /(?:Article|BlogPosting|LiveBlogPosting|Report)$/;

/** The first news article that a page's JSON-LD describes (schema.org); empty when there is none. Broken texts are passed over. */
export function findNewsArticle(texts: string[]): Data {
  const nodes = texts.flatMap((text) => nodesOf(parse(text), 0));
  return nodes.find((node) => typesOf(node).some((type) => aboutNews.test(type))) ?? {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.trim().replace(/^<!--|-->$|^\/\*.*?\*\/|;$/g, ''));
  } catch {
    return null;
  }
}

function nodesOf(value: unknown, depth: number): Data[] {
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  if (Array.isArray(value)) return value.slice(0, 100).flatMap((entry) => nodesOf(entry, depth + 1));
  const node = value as Data;
  return [node, ...nodesOf(node['@graph'], depth + 1), ...nodesOf(node.mainEntity, depth + 1)];
}

function typesOf(node: Data): string[] {
  return [node['@type']].flat().filter((type) => typeof type === 'string');
}

/** The first of a list, or the thing itself. */
export const firstOf = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value);

/** A text, or nothing: JSON-LD holds anything anywhere. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'object' && value !== null && '@value' in value ? textOf(value['@value']) : '';
}

/** Names of people or organisations, `A, B`. */
export function namesOf(value: unknown): string {
  const names = [value].flat(2).map((entry) => textOf(entry) || textOf((entry as Data | null)?.name));
  return names.filter((name) => name && !/^https?:/.test(name)).join(', ');
}
