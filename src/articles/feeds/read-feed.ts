import { parentPort, workerData } from 'node:worker_threads';
import { MalformedError, parseFeed, type AnyFeed } from 'feedsmith';

// This file is the module of a thread (see threads/side-thread.ts).

export type ReadFeed = { kind: 'feed'; document: AnyFeed; leftOver: number } | { kind: 'unreadable'; reason: string };

/** The bounds of SECURITY: nothing nested deeper, not more items, nothing declared by the document itself. */
const maxDepth = 64;
const maxItems = 500;
/** Left open in careless HTML that was never escaped. */
const unclosed = new Set(['br', 'hr', 'img', 'wbr']);

/** The text of RSS, Atom, RDF or JSON Feed → what they say. `leftOver`: items beyond the first 500. */
export function readFeed(text: string): ReadFeed {
  const tally = { open: [] as string[], items: 0 };
  const reason = judge(text, tally);
  if (reason) return { kind: 'unreadable', reason };
  try {
    const document = parseFeed(text.replace(/<!doctype[^>]*>/i, ''), { maxItems });
    return { kind: 'feed', document, leftOver: Math.max(0, tally.items - maxItems) };
  } catch (error) {
    const broken = error instanceof MalformedError;
    return {
      kind: 'unreadable',
      reason: broken ? 'the feed is not well-formed XML' : 'this is neither RSS, Atom nor JSON Feed',
    };
  }
}

interface Tally {
  open: string[];
  items: number;
}

/**
 * Walks the markup once before any parser does and says why it will not be parsed; null when it may be.
 * Linear in the length of the text, whatever it holds: each branch jumps forward.
 */
function judge(text: string, tally: Tally): string | null {
  const start = text.slice(0, 2000).trimStart();
  if (start === '') return 'the feed is empty';
  if (start.startsWith('{')) return null;
  if (/^(?:<\?[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype html|html)\b/i.test(start))
    return 'this is a web page, not a feed';
  let position = text.indexOf('<');
  while (position !== -1) {
    const step = stepOver(text, position, tally);
    if (typeof step === 'string') return step;
    position = text.indexOf('<', step);
  }
  return tally.open.length > 0 ? `the feed is cut off inside <${tally.open.at(-1)}>` : null;
}

/** Where to go on after the markup that begins at `from`, or why not. */
function stepOver(text: string, from: number, tally: Tally): number | string {
  if (text.startsWith('<![CDATA[', from)) return after(text, ']]>', from);
  if (text.startsWith('<!--', from)) return after(text, '-->', from);
  if (text.startsWith('<?', from)) return after(text, '?>', from);
  const end = after(text, '>', from);
  if (typeof end === 'string') return end;
  const tag = text.slice(from + 1, end - 1);
  if (tag.startsWith('!'))
    return /\[|entity/i.test(tag) ? 'the feed declares entities of its own (DTD), which is refused' : end;
  return count(tag, tally) ?? end;
}

function after(text: string, mark: string, from: number): number | string {
  const at = text.indexOf(mark, from);
  return at === -1 ? 'the feed is cut off' : at + mark.length;
}

function count(tag: string, tally: Tally): string | null {
  const name = /^\/?([^\s/>]+)/.exec(tag.slice(0, 200))?.[1]?.toLowerCase() ?? '';
  if (tag.startsWith('/')) {
    const at = tally.open.lastIndexOf(name);
    if (at !== -1) tally.open.length = at;
    return null;
  }
  if (name === 'item' || name === 'entry') tally.items++;
  if (!tag.endsWith('/') && !unclosed.has(name)) tally.open.push(name);
  return tally.open.length > maxDepth ? `the feed is nested deeper than ${maxDepth} levels` : null;
}

if (parentPort && (workerData as { task?: string } | null)?.task === 'read-feed') {
  const port = parentPort;
  port.on('message', ({ id, value }: { id: number; value: string }) => {
    port.postMessage({ id, value: readFeed(value) });
  });
}
