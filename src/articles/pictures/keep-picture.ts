import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { one, sql } from '../../database/sql.js';
import { fetchDocument } from '../../fetching/fetch-document.js';
import { shrinkPicture, type Shrunk } from './shrink-picture.js';

/** `refused`: the address itself is not one that is fetched; asking again will not help. */
export type KeptPicture =
  { kind: 'kept'; src: string; width: number; height: number } | { kind: 'left out'; reason: string; refused: boolean };

const accept = 'image/jpeg, image/png, image/webp, image/avif, image/gif';

/** Copies a picture, so that a reader's mail program or browser tells nobody else that it was looked at. */
@Injectable()
export class KeepPicture {
  constructor(private readonly db: DataSource) {}

  async run(address: string, allowHosts: readonly string[], now: Instant, signal?: AbortSignal): Promise<KeptPicture> {
    const fetched = await fetchDocument(address, { accept, allowHosts, ...(signal && { signal }) });
    if (fetched.kind === 'failed') return { kind: 'left out', reason: fetched.reason, refused: fetched.refused };
    if (fetched.kind !== 'ok') return leftOut('the server answered without a picture');
    const shrunk = await shrinkPicture(fetched.body);
    if (shrunk === 'not a picture') return leftOut('not a JPEG, PNG, WebP, AVIF or GIF that can be decoded');
    if (shrunk === 'too small') return leftOut('smaller than 160 × 90 pixels');
    return { kind: 'kept', src: await this.store(shrunk, now), width: shrunk.width, height: shrunk.height };
  }

  /** A picture of ours that an article names again, such as when the API's own answer is sent back. */
  async find(id: string): Promise<KeptPicture> {
    const row = await one<{ width: number; height: number }>(
      this.db,
      `select width, height from picture where id = $1`,
      [id],
    );
    return row
      ? { kind: 'kept', src: pathOf(id), ...row }
      : { kind: 'left out', reason: 'there is no such picture here', refused: true };
  }

  private async store({ bytes, width, height }: Shrunk, now: Instant): Promise<string> {
    const id = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    await sql(
      this.db,
      `insert into picture (id, media_type, width, height, bytes, created_at) values ($1, 'image/jpeg', $2, $3, $4, $5)
       on conflict (id) do nothing`,
      [id, width, height, bytes, now],
    );
    return pathOf(id);
  }
}

const pathOf = (id: string) => `/pictures/${id}.jpg`;
const leftOut = (reason: string): KeptPicture => ({ kind: 'left out', reason, refused: false });
