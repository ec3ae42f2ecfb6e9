import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const firstDay = Date.UTC(2026, 2, 2);

/**
 * All articles of a labelled set, oldest first: {id, event, group, half, language, publisher, at (ms), title, standfirst, body}.
 * @param name the folder below `bench/`: `stories`, or `stories/second`, the set that was written without a look at the word lists
 */
export function readLabelledSet(name = 'stories') {
  const folder = new URL(`../${name}/`, import.meta.url);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort();
  const articles = files.flatMap((file) => readEvents(readFileSync(new URL(file, folder), 'utf8')));
  return articles.sort((a, b) => a.at - b.at).map((article, index) => ({ id: String(index + 1), ...article }));
}

function readEvents(text) {
  let event, group;
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) [event, group] = line.slice(3).split(' | ');
    if (line.startsWith('## ') || line.trim() === '') return [];
    const [language, publisher, time, title, standfirst] = line.split(' | ');
    return [
      { event, group, half: halfOf(group), language, publisher, at: instantOf(time), title, standfirst, body: '' },
    ];
  });
}

/** A group is in one half as a whole, by a hash of its name. */
function halfOf(group) {
  return createHash('sha256').update(group).digest()[0] % 2 === 0 ? 'tuning' : 'reporting';
}

function instantOf(time) {
  const [day, clock] = time.split(' ');
  const [hours, minutes] = clock.split(':').map(Number);
  return firstDay + ((Number(day) - 1) * 24 + hours) * 3_600_000 + minutes * 60_000;
}
