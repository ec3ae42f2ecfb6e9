import { describe, expect, it } from '@jest/globals';
import { fitStories, htmlLimitBytes, type Room } from './fit-stories.js';

/** A letter in which a story takes `full` bytes and a headline `brief`. */
function fit(count: number, full: number, brief: number) {
  const tried: Room[] = [];
  const html = fitStories(count, (room) => {
    tried.push(room);
    return `${'a\n'.repeat((full * room.full) / 3)}${'b\n'.repeat((brief * room.brief) / 3)}`;
  });
  return { html, room: tried.at(-1)!, renders: tried.length };
}

describe('fitStories', () => {
  it('renders once when all fits', () =>
    expect(fit(10, 3000, 300)).toMatchObject({ room: { full: 10, brief: 0 }, renders: 1 }));

  it('shrinks as few stories as it must, in a handful of renderings', () => {
    const { room, html, renders } = fit(50, 3000, 300);
    expect(room).toEqual({ full: 24, brief: 26 });
    expect(html.length).toBeLessThanOrEqual(htmlLimitBytes);
    expect(renders).toBeLessThan(10);
  });

  it('leaves headlines to the web copy only when the lead alone is told in full', () => {
    expect(fit(50, 9000, 3000).room).toEqual({ full: 1, brief: 23 });
  });

  it('keeps the lead, come what may', () => expect(fit(1, 90_000, 300).room).toEqual({ full: 1, brief: 0 }));
});
