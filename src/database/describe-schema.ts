import { sql, type Db } from './sql.js';

/**
 * Our tables as one text, read from the catalog in a fixed order. `schema.sql` is this text, committed so that a review
 * shows what a migration does; a test holds one against the other. (The embedded Postgres ships no pg_dump.)
 */
export async function describeSchema(db: Db): Promise<string> {
  const tables = await sql<{ name: string; columns: string[]; constraints: string[] }>(db, tablesQuery);
  const indexes = await sql<{ line: string }>(db, indexesQuery);
  const triggers = await sql<{ line: string }>(db, triggersQuery);
  const comments = await sql<{ line: string }>(db, commentsQuery);
  const described = tables.map(({ name, columns, constraints }) => {
    const lines = [...columns, ...constraints].map((line) => `  ${line}`).join(',\n');
    return `create table ${name} (\n${lines}\n);`;
  });
  const rest = [indexes, triggers, comments].map((rows) => rows.map(({ line }) => `${line};`).join('\n'));
  return `${['-- Written by `npm run docs` from the migrations. Do not edit.', ...described, ...rest].join('\n\n')}\n`;
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
  select lower(left(pg_get_indexdef(i.indexrelid), 12)) || substr(pg_get_indexdef(i.indexrelid), 13) as line
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace join pg_class x on x.oid = i.indexrelid
   where ${ours} and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
   order by c.oid, x.relname`;

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
