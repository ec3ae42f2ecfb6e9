import { z } from 'zod';

type Schema = z.core.$ZodType;

/** The schema of a field and what it was described as, found by walking the path of an issue; both undefined where the path leaves the schema. */
export function schemaAt(schema: Schema, path: readonly PropertyKey[]): { schema?: Schema; description?: string } {
  let found = unwrap(schema);
  for (const segment of path) {
    const inner: Schema | undefined = found.schema && child(found.schema, segment);
    if (!inner) return {};
    found = unwrap(inner);
  }
  return found;
}

/** What lies inside optional(), default(), pipe() and the like, with the outermost description. */
function unwrap(schema: Schema): { schema: Schema; description?: string } {
  const description = z.globalRegistry.get(schema)?.description;
  const { def } = schema._zod as unknown as { def: { innerType?: Schema; in?: Schema } };
  const inside = def.innerType ?? def.in;
  if (!inside) return { schema, ...(description ? { description } : {}) };
  const inner = unwrap(inside);
  return { ...inner, ...(description ? { description } : {}) };
}

function child(schema: Schema, segment: PropertyKey): Schema | undefined {
  const { def } = schema._zod as unknown as {
    def: { type: string; shape?: Record<PropertyKey, Schema>; element?: Schema; valueType?: Schema };
  };
  if (def.shape) return Object.hasOwn(def.shape, segment) ? def.shape[segment] : undefined;
  return def.element ?? def.valueType;
}

/** The names of an object's fields; none for anything else. */
export function fieldNames(schema: Schema | undefined): string[] {
  const { shape = {} } = (schema?._zod as unknown as { def: { shape?: object } } | undefined)?.def ?? {};
  return Object.keys(shape);
}
