import { sql, type Db } from './sql.js';

/** The tables of each stage, in the order of the data. A table that is in none of them is an error: name it here. */
const stages: Record<string, string[]> = {
  lists: ['list', 'schedule', 'letter_template'],
  subscribers: ['subscriber', 'subscription', 'consent_event', 'address_change', 'import', 'mailbox', 'sign_up_count'],
  articles: ['source', 'source_log', 'article', 'article_version', 'picture'],
  stories: ['story', 'story_article', 'article_vector'],
  editions: [
    ...['issue', 'rundown', 'rehearsal', 'edition', 'edition_schedule'],
    ...['variant', 'variant_story', 'correction'],
  ],
  deliveries: ['delivery', 'slice', 'worker', 'recipient_domain', 'home'],
  admin: ['api_key', 'audit_event', 'idempotent_request', 'limit_count'],
  'mail and suppressions': ['outbox', 'rate', 'suppression'],
};

interface Table {
  name: string;
  columns: { name: string; type: string; key: string }[];
  /** Tables that its columns point to. `kept`: a foreign key checks it. `must`: the column is never null. */
  references: { column: string; table: string; kept: boolean; must: boolean }[];
}

const introduction = `# Entities

<!-- Written by \`npm run docs\` from the migrations. Do not edit. -->

One diagram for each stage. It shows only the columns that identify a row (PK: primary key, UK: unique, FK: points to another
table). \`schema.sql\` has all columns and constraints. A solid line is a foreign key. A dotted line is not checked by PostgreSQL.
`;

/** The page docs/ENTITIES.md, from the catalog of a migrated database. */
export async function describeEntities(db: Db): Promise<string> {
  const tables = await sql<Table>(db, tablesQuery);
  const known = Object.values(stages).flat();
  const homeless = tables.filter(({ name }) => !known.includes(name)).map(({ name }) => name);
  if (homeless.length > 0) throw new Error(`src/database/describe-entities.ts names no stage for ${homeless.join()}`);
  const sections = Object.entries(stages).map(([stage, names]) => {
    const own = names.flatMap((name) => tables.filter((table) => table.name === name));
    const diagram = ['erDiagram', ...own.flatMap(entity), ...own.flatMap(relations)].join('\n');
    return `## ${stage}\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n`;
  });
  return [introduction, ...sections].join('\n');
}

function entity({ name, columns }: Table): string[] {
  return [`  ${name} {`, ...columns.map((column) => `    ${column.type} ${column.name} ${column.key}`), '  }'];
}

function relations({ name, references }: Table): string[] {
  return references.map(
    ({ column, table, kept, must }) => `  ${table} ${must ? '||' : '|o'}${kept ? '--' : '..'}o{ ${name} : ${column}`,
  );
}

/** A column named after a table, such as \`edition_id\`, points to it, whether a foreign key says so or not. */
const tablesQuery = `
  with ours as (
    select c.oid, c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'migrations'),
  columns as (
    select o.oid, a.attname::text as name, a.attnum, a.attnotnull as must,
           case when a.atttypid = 'timestamptz'::regtype then 'timestamptz' else replace(format_type(a.atttypid, null), ' ', '_') end as type,
           exists (select 1 from pg_constraint k where k.conrelid = o.oid and k.contype = 'p' and a.attnum = any(k.conkey)) as pk,
           exists (select 1 from pg_constraint k where k.conrelid = o.oid and k.contype = 'u' and a.attnum = any(k.conkey)) as uk,
           coalesce((select f.relname from pg_constraint k join pg_class f on f.oid = k.confrelid
                      where k.conrelid = o.oid and k.contype = 'f' and a.attnum = any(k.conkey) limit 1),
                    (select n.name from ours n where a.attname = n.name || '_id'))::text as target,
           exists (select 1 from pg_constraint k where k.conrelid = o.oid and k.contype = 'f' and a.attnum = any(k.conkey)) as kept
      from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped)
  select o.name,
         (select coalesce(json_agg(json_build_object('name', c.name, 'type', c.type, 'key',
                   concat_ws(', ', case when pk then 'PK' end, case when target is not null then 'FK' end, case when uk then 'UK' end)) order by c.attnum), '[]')
            from columns c where c.oid = o.oid and (pk or uk or target is not null)) as columns,
         (select coalesce(json_agg(json_build_object('column', c.name, 'table', c.target, 'kept', c.kept, 'must', c.must) order by c.attnum), '[]')
            from columns c where c.oid = o.oid and target is not null) as references
    from ours o order by o.name`;
