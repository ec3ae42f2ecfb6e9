import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { DataSource } from 'typeorm';
import { sql } from '../../src/database/sql.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { item, Paper, pollAll, startNewsroom, type ArticleRow, type Newsroom } from './newsroom.js';

const start = Temporal.Instant.from('2026-11-24T05:00:00Z');
let database: TestDatabase;
let paper: Paper;
let room: Newsroom;

beforeAll(async () => {
  paper = await new Paper().start();
  database = await freshDatabase();
  room = await startNewsroom(database.url, { ALLOW_PRIVATE_HOSTS: paper.host });
});

afterAll(async () => {
  await room?.stop();
  await paper?.stop();
  await database?.drop();
});

describe('the newsroom', () => {
  it('copies pictures, leaves out what is none, and hot-links nothing', async () => {
    const big = await sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#336699' } })
      .withExif({ IFD0: { Artist: 'secret name' } })
      .jpeg()
      .toBuffer();
    const pixel = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    paper.answers['/big.jpg'] = (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(big);
    paper.answers['/pixel.png'] = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(pixel);
    paper.answers['/drawing.svg'] = (response) =>
      response
        .writeHead(200, { 'content-type': 'image/jpeg' })
        .end('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300"/></svg>');
    const body =
      `<p>Text.</p><figure><img src="${paper.url}/big.jpg" alt="Blue"><figcaption>A <b>blue</b> field</figcaption></figure>` +
      `<img src="${paper.url}/pixel.png"><img src="${paper.url}/drawing.svg"><img src="${paper.url}/missing.jpg"><img src="http://127.0.0.3/x.jpg">`;
    const url = paper.feed('/pictures', item('pictures', `<content:encoded><![CDATA[${body}]]></content:encoded>`));
    const db = room.app.get(DataSource);
    await sql(
      db,
      `insert into source (kind, url, show, created_at, next_poll_at) values ('feed', $1, 'full', $2::timestamptz, $2)`,
      [url, start],
    );
    await pollAll(room, start);
    const [article] = await sql<ArticleRow>(db, `select * from article`);
    expect(article!.figures).toEqual([
      {
        src: expect.stringMatching(/^\/pictures\/[0-9a-f]{32}\.jpg$/),
        alt: 'Blue',
        caption: 'A blue field',
        credit: '',
        width: 1200,
        height: 600,
      },
    ]);
    expect(article!.body).toBe('<p>Text.</p>');
    const bytes = Buffer.from(await (await fetch(room.url + article!.figures[0]!.src)).arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 600 });
    expect(bytes.includes('secret name')).toBe(false);
  });
});
