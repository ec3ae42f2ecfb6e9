import { sql, type Db } from './sql.js';

/**
 * Everything the migrations make, as one text, read from the catalog in a fixed order. `schema.sql` is this text, committed
 * so that a review shows what a migration does; a test compares the two. (The embedded Postgres ships no pg_dump.)
 */
export async function describeSchema(db: Db): Promise<string> {
  const tables = await sql<{ name: string; columns: string[]; constraints: string[] }>(db, tablesQuery);
  const described = tables.map(({ name, columns, constraints }) => {
    const lines = [...columns, ...constraints].map((line) => `  ${line}`).join(',\n');
    return `create table ${name} (\n${lines}\n);`;
  });
  const parts = [
    '-- Written by `npm run docs` from the migrations. Do not edit.',
    await linesOf(db, typesQuery, '\n'),
    ...described,
    await linesOf(db, indexesQuery, '\n'),
    await linesOf(db, viewsQuery, '\n\n'),
    await linesOf(db, functionsQuery, '\n\n'),
    await linesOf(db, triggersQuery, '\n'),
    await linesOf(db, commentsQuery, '\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

async function linesOf(db: Db, query: string, between: string): Promise<string> {
  const rows = await sql<{ line: string }>(db, query);
  return rows.map(({ line }) => `${line};`).join(between);
}

const ours = `n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('migrations')`;

const tablesQuery = `
  select c.relname as name,
         array(select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                      || case a.attidentity when 'a' then ' generated always as identity' else '' end
                      || case when a.attnotnull then ' not null' else '' end
                      || coalesce(case a.attgenerated when 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                                       else ' default ' || pg_get_expr(d.adbin, d.adrelid) end, '')
                 from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
         array(select 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
                 from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n' order by k.contype desc, k.conname) as constraints
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where ${ours} order by c.oid`;

const indexesQuery = `
  select regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE( UNIQUE)? INDEX', 'create' || case when i.indisunique then ' unique' else '' end || ' index') as line
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace join pg_class x on x.oid = i.indexrelid
   where ${ours} and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
   order by c.oid, x.relname`;

const typesQuery = `
  select 'create type ' || t.typname || ' as enum (' || string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) || ')' as line
    from pg_type t join pg_enum e on e.enumtypid = t.oid join pg_namespace n on n.oid = t.typnamespace
   where n.nspname = 'public' group by t.typname order by t.typname`;

const viewsQuery = `
  select 'create view ' || c.relname || ' as' || chr(10) || rtrim(pg_get_viewdef(c.oid, true), ';') as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'public' and c.relkind = 'v' order by c.relname`;

const functionsQuery = `
  select rtrim(pg_get_functiondef(p.oid), chr(10)) as line
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname = 'public' order by p.proname, pg_get_function_identity_arguments(p.oid)`;

const triggersQuery = `
  select pg_get_triggerdef(t.oid) as line
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
   where ${ours} and not t.tgisinternal order by c.oid, t.tgname`;

const commentsQuery = `
  select 'comment on ' || case when d.objsubid = 0 then 'table ' || c.relname else 'column ' || c.relname || '.' || a.attname end
         || ' is ' || quote_literal(d.description) as line
    from pg_description d join pg_class c on c.oid = d.objoid and d.classoid = 'pg_class'::regclass join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
   where ${ours} order by c.oid, d.objsubid`;
