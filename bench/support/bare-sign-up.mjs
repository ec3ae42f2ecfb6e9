// A bare Fastify with pg: one insert for each post, committed before the answer, and nothing else.
import Fastify from 'fastify';
import pg from 'pg';

const { databaseUrl, connections } = JSON.parse(process.argv[2]);
const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
await pool.query(
  'create table if not exists bare (id bigint generated always as identity primary key, address text, at timestamptz default now())',
);

const app = Fastify();
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, Object.fromEntries(new URLSearchParams(body))),
);
app.post('/subscribe', async (request, reply) => {
  await pool.query('insert into bare (address) values ($1)', [request.body.email]);
  return reply.type('text/html; charset=utf-8').send('<!DOCTYPE html><title>Thank you</title>');
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send({ port: app.server.address().port });
