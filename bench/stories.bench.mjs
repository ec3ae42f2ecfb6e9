// How well articles find their story, on a labelled set, and how fast. bench/stories/README.md says what the set is.
import { performance } from 'node:perf_hooks';
import { StoryIndex } from '../dist/stories/story-index.js';
import { assign, cluster } from './support/cluster.mjs';
import { readLabelledSet } from './support/labelled-set.mjs';
import { bCubed, hardNegatives, pairScore } from './support/score-clusters.mjs';
import { syntheticNews } from './support/synthetic-news.mjs';

const set = readLabelledSet();
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const number = (value) => value.toFixed(3);

function quality(title, articles) {
  const items = cluster(articles);
  const events = new Set(items.map(({ event }) => event)).size;
  console.log(`\n${title}: ${items.length} articles of ${events} events`);
  for (const language of ['en', 'fr', 'es', 'ar']) {
    const { precision, recall, f1 } = bCubed(items.filter((item) => item.language === language));
    console.log(
      `  B-cubed within ${language}      F1 ${number(f1)}   precision ${number(precision)}   recall ${number(recall)}`,
    );
  }
  const across = pairScore(items, (a, b) => a.language !== b.language);
  console.log(
    `  B-cubed, all languages F1 ${number(bCubed(items).f1)}   (wanted: 0.90 within a language, 0.80 across)`,
  );
  console.log(
    `  pairs across languages F1 ${number(across.f1)}   precision ${number(across.precision)}   recall ${number(across.recall)}`,
  );
  const { pairs, merged, share } = hardNegatives(items);
  console.log(`  hard negatives merged  ${merged} of ${pairs}: ${percent(share)}   (wanted: at most 2 %)`);
}

function heapMb() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function speed() {
  const articles = syntheticNews(10_200);
  const index = new StoryIndex();
  const storyOf = new Map();
  const before = heapMb();
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  for (const article of articles.slice(0, 10_000)) assign(article, index, storyOf);
  const took = performance.now() - start;
  const cpu = process.cpuUsage(cpuBefore);
  const memory = heapMb() - before;
  const single = articles.slice(10_000).map((article) => {
    const from = performance.now();
    assign(article, index, storyOf);
    return performance.now() - from;
  });
  single.sort((a, b) => a - b);
  console.log(`\n10,000 synthetic articles of 48 hours, ${new Set(storyOf.values()).size} stories, one core`);
  console.log(
    `  full clustering        ${((cpu.user + cpu.system) / 1e6).toFixed(2)} s of one core, ${(took / 1000).toFixed(2)} s by the clock   (wanted: at most 5 s)`,
  );
  console.log(
    `  one more article       median ${single[100].toFixed(2)} ms, 99th percentile ${single[197].toFixed(2)} ms   (wanted: at most 5 ms)`,
  );
  console.log(
    `  memory of the index    ${memory.toFixed(0)} MB${globalThis.gc ? '' : ' (garbage included)'}; process ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB   (wanted: at most 200 MB)`,
  );
}

quality(
  'tuning half',
  set.filter(({ half }) => half === 'tuning'),
);
quality(
  'reporting half',
  set.filter(({ half }) => half === 'reporting'),
);
quality('both together', set);
quality('second set, written blind', readLabelledSet('stories/second'));
speed();
