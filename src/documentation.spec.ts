import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { deliveryStates, transitions as ofDelivery } from './deliveries/delivery.js';
import { describeSettings } from './describe-settings.js';
import { editionStates, transitions as ofEdition } from './editions/edition.js';
import { allowedForAdmin, subscriptionStates } from './subscribers/subscription.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...inDocs.filter((file) => file.endsWith('.md')).map((file) => join('docs', file)),
];

describe.each(pages)('%s', (page) => {
  it('names only files that exist', () =>
    expect([...pathsIn(read(page)), ...linksIn(page)].filter((path) => !isThere(path))).toEqual([]));

  it('has no line of more than 300 characters', () =>
    expect(
      read(page)
        .split('\n')
        .filter((line) => line.length > 300),
    ).toEqual([]));
});

it('every decision has a status and a date, and a line in docs/decisions/README.md', () => {
  const decisions = readdirSync(join(root, 'docs/decisions')).filter((file) => /^\d{4}-/.test(file));
  const list = read('docs/decisions/README.md').split('\n');
  for (const file of decisions) {
    const [title, , status] = read(`docs/decisions/${file}`).split('\n');
    expect([file, title]).toEqual([file, expect.stringMatching(/^# \d{4} ./)]);
    expect([file, status]).toEqual([
      file,
      expect.stringMatching(/^(Accepted|Superseded by .+) · \d{4}-\d\d-\d\d( · .+)?$/),
    ]);
    const [, number, name] = /^# (\d{4}) (.*)/.exec(title!)!;
    expect(list).toContain(`- [${number}](${file}) ${name} · ${/\d{4}-\d\d-\d\d/.exec(status!)![0]}`);
  }
});

it('docs/SETTINGS.md is written from the settings: run `npm run docs`', () =>
  expect(read('docs/SETTINGS.md')).toBe(describeSettings()));

describe('docs/STATES.md', () => {
  it('shows the states of a delivery', () => {
    const drawn = diagram('Delivery');
    expect(drawn.states).toEqual([...deliveryStates].sort());
    expect(drawn.arrows).toEqual(arrowsOf(ofDelivery));
  });

  it('shows the states of an edition', () => {
    const drawn = diagram('Edition');
    expect(drawn.states).toEqual([...editionStates].sort());
    expect(drawn.arrows).toEqual(arrowsOf(ofEdition));
  });

  it('shows the states of a subscription, and what an admin may do', () => {
    const drawn = diagram('Subscription');
    expect(drawn.states).toEqual([...subscriptionStates].sort());
    expect(drawn.arrows).toEqual(expect.arrayContaining(arrowsOf(allowedForAdmin)));
  });
});

/** Paths in backticks. `*` stands for any name, and four digits for the decision of that number. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`((?:src|test|docs|bench|bin|\.ci)\/[^`\s]*)`/g)].map(([, path]) => path!);
}

/** Relative links, as paths from the root. */
function linksIn(page: string): string[] {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!.split('#')[0]!);
  return links
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
    .map((link) => relative(root, join(root, dirname(page), link)));
}

function isThere(path: string): boolean {
  if (path.includes('*')) return isThere(path.slice(0, path.indexOf('*')).replace(/[^/]*$/, ''));
  const decision = /^docs\/decisions\/(\d{4})$/.exec(path)?.[1];
  if (decision) return inDocs.some((file) => file.startsWith(`decisions/${decision}-`));
  return existsSync(join(root, path));
}

function diagram(title: string): { states: string[]; arrows: string[] } {
  const section = read('docs/STATES.md').split(`## ${title}\n`)[1]!.split('\n## ')[0]!;
  const arrows = [...section.matchAll(/^ {2}(\S+) --> (\S+)/gm)].map(([, from, to]) => [from!, to!] as const);
  const states = new Set(arrows.flat().filter((state) => state !== '[*]'));
  return {
    states: [...states].sort(),
    arrows: arrows
      .filter(([from]) => from !== '[*]')
      .map(([from, to]) => `${from} → ${to}`)
      .sort(),
  };
}

function arrowsOf(transitions: Record<string, string[]>): string[] {
  return Object.entries(transitions)
    .flatMap(([from, targets]) => targets.map((to) => `${from} → ${to}`))
    .sort();
}
