/**
 * B-cubed (Bagga and Baldwin, 1998): for each article, how much of its story is of its event (precision) and how much of its event is in its story
 * (recall), then the mean over articles.
 * @param items [{event, story}]
 */
export function bCubed(items) {
  const stories = Map.groupBy(items, ({ story }) => story);
  const events = Map.groupBy(items, ({ event }) => event);
  const both = Map.groupBy(items, ({ event, story }) => `${event} ${story}`);
  const mean = (share) => items.reduce((sum, item) => sum + share(item), 0) / items.length;
  const common = ({ event, story }) => both.get(`${event} ${story}`).length;
  const precision = mean((item) => common(item) / stories.get(item.story).length);
  const recall = mean((item) => common(item) / events.get(item.event).length);
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

/** Precision, recall and F1 over pairs of articles. @param wanted which pairs count */
export function pairScore(items, wanted) {
  let hit = 0, joined = 0, meant = 0; // prettier-ignore
  for (const [a, b] of pairs(items, wanted)) {
    if (a.story === b.story) joined++;
    if (a.event === b.event) meant++;
    if (a.story === b.story && a.event === b.event) hit++;
  }
  const precision = hit / joined;
  const recall = hit / meant;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

/** The share of pairs of one group but of two events that share a story. */
export function hardNegatives(items) {
  const all = pairs(items, (a, b) => a.group === b.group && a.event !== b.event);
  const merged = all.filter(([a, b]) => a.story === b.story);
  return { pairs: all.length, merged: merged.length, share: merged.length / all.length };
}

function pairs(items, wanted) {
  return items.flatMap((a, at) =>
    items
      .slice(at + 1)
      .filter((b) => wanted(a, b))
      .map((b) => [a, b]),
  );
}
