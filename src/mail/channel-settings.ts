import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many letters a day a channel may carry from a date on (UTC). */
export interface WarmUpStep {
  from: string;
  perDay: number;
}

/** One relay, and how much it may carry. */
export interface ChannelSettings {
  name: string;
  url: string;
  /** its share of the letters, beside those of the others */
  weight: number;
  /** per worker */
  connections: number;
  /** letters per second, all workers together; null: no limit */
  perSecond: number | null;
  /** in the order of their dates; before the first one its number holds as well */
  warmUp: WarmUpStep[];
}

/** What `smtp[s]://user:password@host:port` may be; the message names what is wrong and never the password. */
export const relayUrl = z.url({ protocol: /^smtps?$/ }).superRefine((text, context) => {
  const url = URL.parse(text);
  const fault = url && faultOf(url);
  if (fault) context.addIssue({ code: 'custom', message: fault });
});

function faultOf(url: URL): string | null {
  if (!url.hostname) return 'it names no host';
  if (url.port === '0') return 'port 0 is none';
  if (!/^\/?$/.test(url.pathname) || url.search || url.hash)
    return 'something follows host and port; characters such as / ? # in a password must be percent-encoded';
  if (Boolean(url.username) !== Boolean(url.password)) return 'user and password go together';
  try {
    decodeURIComponent(url.username + url.password);
  } catch {
    return 'a % in user or password must be written %25';
  }
  return null;
}

const channel = (connections: number) =>
  z.strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,32}$/, 'expected lower-case letters, digits and hyphens'),
    url: relayUrl,
    weight: z.number().positive().default(1),
    connections: z.int().min(1).max(connections).default(connections),
    perSecond: z.number().min(0.001).nullable().default(null),
    warmUp: z
      .array(z.strictObject({ from: z.iso.date(), perDay: z.int().min(0) }))
      .refine((steps) => steps.every(({ from }, n) => n === 0 || steps[n - 1]!.from < from), 'dates must go upwards')
      .default([]),
  });

/**
 * Reads CHANNELS_FILE: a JSON array, `[{"name", "url", "weight", "connections", "perSecond", "warmUp": [{"from", "perDay"}]}]`.
 * @param connections SMTP_CONNECTIONS, the most that a channel may have
 * @returns the channels, or a line for each fault
 */
export function readChannels(file: string, connections: number): ChannelSettings[] | { faults: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // A parser quotes what it has read, and that may be a password.
    const why = error instanceof SyntaxError ? 'it is not JSON' : String((error as NodeJS.ErrnoException).code);
    return { faults: [`"${file}" cannot be read (${why}). Expected: a JSON array of channels`] };
  }
  const names = (list: ChannelSettings[]) => new Set(list.map(({ name }) => name)).size === list.length;
  const parsed = z.array(channel(connections)).min(1).refine(names, 'two channels have one name').safeParse(json);
  if (parsed.success) return parsed.data;
  return {
    faults: parsed.error.issues.map(({ path, message }) => `"${file}", ${path.join('.') || 'as a whole'}: ${message}`),
  };
}

/** How many letters the plan allows on a day (ISO date, UTC); null: no plan. */
export function perDayOn(plan: WarmUpStep[], day: string): number | null {
  const step = plan.findLast(({ from }) => from <= day) ?? plan[0];
  return step ? step.perDay : null;
}

/** True when a relay is this machine. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
