import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CONFIG, type Config } from '../config.js';
import { sql } from '../database/sql.js';
import { postJson } from '../fetching/post-json.js';
import { unitVector } from './closeness.js';

/** The part of OpenAI's `POST /v1/embeddings` that is read; others speak it too. */
const answer = z.object({
  data: z
    .array(z.object({ index: z.number().int().min(0), embedding: z.array(z.number()).min(1).max(8192) }))
    .max(1_000),
});

const longestText = 1_000;
type Settings = Pick<Config, 'EMBEDDINGS_URL' | 'EMBEDDINGS_MODEL' | 'EMBEDDINGS_KEY'>;

/** Asks the operator's embedding endpoint for vectors, if there is one, and keeps them in article_vector. */
@Injectable()
export class AskVectors {
  private readonly log = new Logger('Stories');

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Settings>,
  ) {}

  /** Whose vectors are compared; null without an endpoint. */
  get model(): string | null {
    return this.config.EMBEDDINGS_MODEL ?? null;
  }

  /**
   * One question for all of these articles. What goes wrong is logged: they are then told apart by their words alone.
   * @returns false when there is no use in asking again this round
   */
  async run(articles: string[], round: AbortSignal): Promise<boolean> {
    const { EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model, EMBEDDINGS_KEY: key } = this.config;
    if (!url) return false;
    const rows = await sql<{ id: string; text: string }>(
      this.db,
      `select id, left(title || E'\\n' || standfirst, ${longestText}) as text from article where id = any($1) order by id`,
      [articles],
    );
    const body = { model, input: rows.map(({ text }) => text), encoding_format: 'float' };
    const answered = await postJson(url, { body, key, answer, signal: round });
    if (answered.kind === 'failed') {
      this.log.warn(
        `EMBEDDINGS_URL: ${answered.reason}. New articles get their stories without it; the next ones ask again.`,
      );
      return false;
    }
    const vectors = answered.value.data.flatMap(({ index, embedding }) => {
      const vector = unitVector(embedding);
      return rows[index] && vector ? [{ id: rows[index].id, vector: [...vector] }] : [];
    });
    await this.keep(vectors);
    return true;
  }

  private async keep(vectors: { id: string; vector: number[] }[]): Promise<void> {
    await sql(
      this.db,
      `insert into article_vector (article_id, model, vector)
       select distinct on (v.id) v.id, $2, array(select jsonb_array_elements_text(v.vector)::float8::real)
         from jsonb_to_recordset($1::jsonb) as v (id bigint, vector jsonb) join article a on a.id = v.id
       on conflict (article_id) do update set model = excluded.model, vector = excluded.vector`,
      [JSON.stringify(vectors), this.model],
    );
  }
}
