/** Ids, slugs and dates; no address is of this form. */
const plain = /^[A-Za-z0-9._-]{1,100}$/;

/** The path of a request with its ids filled in. A parameter that may be a mail address keeps its name instead: `/api/v1/suppressions/:address`. */
export function auditTarget(route: string, params: unknown): string {
  const values = (params ?? {}) as Record<string, string | undefined>;
  return route.replace(/:(\w+)/g, (name, key: string) => {
    const value = values[key];
    return value !== undefined && plain.test(value) ? value : name;
  });
}
