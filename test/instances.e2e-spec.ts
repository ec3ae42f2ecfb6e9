import { beforeAll, describe, expect, it } from '@jest/globals';
import { addReaders, offsetToMorning } from './support/readers.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

interface EditionView {
  id: string;
  kind: string;
  state: string;
  reason: string | null;
  counts: Record<string, number>;
}

let desk: Service;
const readers = Array.from({ length: 40 }, (_, n) => `reader${n}@example.org`);

const mornings = async (): Promise<EditionView[]> => {
  const { items } = (await (await desk.api('/api/v1/editions')).json()) as { items: EditionView[] };
  return items.filter((edition) => edition.kind === 'morning');
};

beforeAll(async () => {
  desk = await startService({ env: { ROLES: 'web' } });
  await addReaders(desk, readers);
});

describe('instances on one database', () => {
  it('that tick in the same second make one edition and send each reader one letter', async () => {
    const env = { CLOCK_OFFSET: await offsetToMorning(desk), SEED: 'none', ROLES: 'worker,clock' };
    const instances = await Promise.all([1, 2].map(() => startService({ beside: desk, env, ready: false })));
    await until('the edition to be done', 60_000, async () =>
      (await mornings()).find((edition) => edition.state === 'done'),
    );
    await Promise.all(instances.map((instance) => instance.stop()));
    // Before seven in the morning, today's instant is passed over too, and recorded as late.
    const editions = (await mornings()).filter(({ state }) => state !== 'skipped');
    expect(editions).toMatchObject([{ state: 'done', counts: { accepted: readers.length } }]);
    for (const reader of readers) expect([reader, (await desk.mailbox.letters(reader)).length]).toEqual([reader, 1]);
  }, 120_000);

  it('records a morning that nobody was there for as late, and sends nothing for it', async () => {
    const before = (await mornings()).map(({ id }) => id);
    const offset = String(Number(await offsetToMorning(desk, 1)) + 6 * 3600);
    const late = await startService({
      beside: desk,
      env: { CLOCK_OFFSET: offset, SEED: 'none', ROLES: 'worker,clock' },
      ready: false,
    });
    const [skipped] = await until('the skipped edition', 30_000, async () => {
      const found = (await mornings()).filter((edition) => !before.includes(edition.id));
      return found.length > 0 ? found : undefined;
    });
    await late.stop();
    expect(skipped).toMatchObject({ state: 'skipped', reason: 'late', counts: {} });
    expect(await desk.mailbox.letters(readers[0]!)).toHaveLength(1);
  });
});
