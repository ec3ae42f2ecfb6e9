import { beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

interface Story {
  id: string;
  articles: string[];
  languages: string[];
  publishers: string[];
  score: number;
  why: string[];
}

const event = [
  ['en', 'Harbour Post', 'Strong earthquake shakes Lima', 'The 6.8 tremor damaged houses in the capital of Peru.'],
  ['fr', 'Agence Horizon', 'Pérou : un séisme de 6,8 secoue Lima', 'Des maisons ont été endommagées dans la capitale.'],
  ['ar', 'الأفق', 'زلزال بقوة 6.8 يهز ليما', 'تضررت منازل في عاصمة بيرو.'],
  ['en', 'North Wire', 'Houses damaged as 6.8 quake hits Peru', 'People in Lima ran into the streets.'],
];
const other = [
  'en',
  'Harbour Post',
  'Peru names new finance minister',
  'The economist takes office in Lima on Monday.',
];

let service: Service;
const get = async <T>(path: string) => (await (await service.api(`/api/v1${path}`)).json()) as T;

async function push([language, publisher, title, standfirst]: string[]): Promise<string> {
  const body = { language, publisher, title, standfirst };
  return ((await (await service.api('/api/v1/articles', { method: 'POST', body })).json()) as { id: string }).id;
}

const storyOf = (id: string) =>
  until(`the story of article ${id}`, 30_000, async () =>
    (await get<{ items: Story[] }>('/stories')).items.find(({ articles }) => articles.includes(id)),
  );

beforeAll(async () => {
  service = await startService({ env: { SEED: 'none' } });
});

describe('stories', () => {
  it('gather what several publishers report in several languages, whichever process takes it', async () => {
    const ids = [await push(event[0]!), await push(event[1]!), await push(other)];
    await storyOf(ids[1]!);
    const second = await startService({ beside: service, env: { SEED: 'none' } });
    ids.push(await push(event[2]!), await push(event[3]!));
    const last = ids.at(-1)!;
    const story = await storyOf(last);
    await second.stop();
    const [a, b, apart, ...others] = ids;
    expect(story.articles).toEqual([a, b, ...others]);
    expect(story.languages).toEqual(['ar', 'en', 'fr']);
    expect(story.publishers).toHaveLength(4);
    expect(story.why[0]).toContain('4 publishers');
    expect((await storyOf(apart!)).articles).toEqual([apart]);
    const found = async (query: string) =>
      (await get<{ items: Story[] }>(`/stories?${query}`)).items.map(({ id }) => id);
    expect(await found('language=ar&publishers=4')).toEqual([story.id]);
    expect(await found(`article=${last}`)).toEqual([story.id]);
    expect(await found('since=2999-01-01T00:00:00Z')).toEqual([]);
    expect((await service.api('/api/v1/stories?publishers=0')).status).toBe(400);
  });

  it('let an article go that is edited into another event, and keep one whose headline is only put better', async () => {
    const edit = (id: string, body: object) => service.api(`/api/v1/articles/${id}`, { method: 'PATCH', body });
    const ids = [
      await push(['en', 'Harbour Post', 'Typhoon Igme nears Luzon', 'Manila evacuates 300,000 people from the coast.']),
      await push([
        'es',
        'La Costa',
        'El tifón Igme se acerca a Luzón',
        'Manila evacúa a 300.000 personas de la costa.',
      ]),
    ];
    const [first, second] = ids as [string, string];
    const together = await storyOf(second);
    expect(together.articles).toEqual(ids);

    await edit(first, { title: 'Typhoon Igme comes close to Luzon' });
    await edit(second, {
      title: 'Vendimia récord en Mendoza',
      standfirst: 'Las bodegas argentinas piden más mano de obra.',
    });
    const moved = await until('the edited article in another story', 30_000, async () => {
      const story = await storyOf(second);
      return story.id === together.id ? undefined : story;
    });
    expect(moved.articles).toEqual([second]);
    expect(await storyOf(first)).toMatchObject({ id: together.id, articles: [first] });

    await edit(second, { title: 'El tifón Igme llega a Luzón', standfirst: 'Manila evacuó a 300.000 personas.' });
    await until('the article back in its story', 30_000, async () => (await storyOf(second)).id === together.id);
    for (const id of ids) await edit(id, { withdrawn: true });
  });

  it('take one slot of an edition, in the reader’s language, and the edition says why', async () => {
    await service.api('/api/v1/lists', { method: 'POST', body: { slug: 'world', name: 'World' } });
    const created = await service.api('/api/v1/editions', { method: 'POST', body: { list: 'world' } });
    const { id } = (await created.json()) as { id: string };
    const { items } = await get<{ items: { title: string; chosen: boolean; why: { text: string }[] }[] }>(
      `/editions/${id}/candidates`,
    );
    expect(items.map(({ title, chosen }) => [title, chosen])).toEqual([
      [event[3]![2], true],
      [other[2], true],
    ]);
    expect(items[0]!.why[0]!.text).toMatch(/^4 publishers carry it: /);
    const letter = await (await service.api(`/api/v1/editions/${id}/preview?format=text`)).text();
    expect(letter.replace(/\s+/g, ' ')).toContain('Also reported by ');
    expect((await service.api('/api/v1/editions/999999/candidates')).status).toBe(404);
  });
});
