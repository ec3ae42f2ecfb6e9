import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { call, item, Paper, startNewsroom, type Newsroom } from './newsroom.js';

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

const addSource = async (url: string): Promise<string> =>
  (await call(`${room.url}/api/v1/sources`, 'POST', { kind: 'feed', url })).json.id as unknown as string;

describe('the log of a source', () => {
  it('names what it skips: no title, no link, twice the same address; and takes 500 items of ten thousand', async () => {
    const odd = [
      '<item><title>No link</title></item>',
      '<item><link>https://paper.example/untitled</link></item>',
      item('twice'),
      item('twice'),
    ];
    const id = await addSource(paper.feed('/odd', ...odd));
    const { json } = await call(`${room.url}/api/v1/sources/${id}/poll`, 'POST');
    expect(json.skipped).toEqual([
      { item: 'No link', reason: 'no usable link' },
      { item: 'https://paper.example/untitled', reason: 'no title' },
      { item: 'Story twice', reason: 'the same address as another item' },
    ]);
    paper.answers['/odd'] = (response) => response.end('<html>Under repair</html>');
    await call(`${room.url}/api/v1/sources/${id}/poll`, 'POST');
    const { json: log } = await call(`${room.url}/api/v1/sources/${id}/log`, 'GET');
    expect(log.items).toMatchObject([
      { item: null, reason: expect.stringContaining('web page') },
      { item: 'Story twice', reason: 'the same address as another item' },
      { item: 'https://paper.example/untitled', reason: 'no title' },
      { item: 'No link', reason: 'no usable link' },
    ]);

    const many = await addSource(
      paper.feed('/flood', ...Array.from({ length: 10_000 }, (_, index) => item(`flood-${index}`))),
    );
    const flood = await call(`${room.url}/api/v1/sources/${many}/poll`, 'POST');
    expect(flood.json).toMatchObject({ added: 500, skipped: [{ item: '9500 more items' }] });
  });
});
