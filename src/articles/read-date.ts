/** Months by their first letters, as newsrooms write them in English, French, Spanish, German, Portuguese, Italian and Arabic. */
const months = [
  'jan|janv|ene|gen|jän|يناير|كانون الثاني',
  'feb|fév|fev|févr|فبراير|شباط',
  'mar|mars|mär|mrz|مارس|آذار',
  'apr|avr|abr|أبريل|ابريل|إبريل|نيسان',
  'may|mai|mag|مايو|أيار|ماي',
  'jun|juin|giu|يونيو|يونيه|حزيران',
  'jul|juil|lug|يوليو|يوليه|تموز',
  'aug|août|aout|ago|أغسطس|اغسطس|آب',
  'sep|sept|set|سبتمبر|أيلول',
  'oct|okt|out|ott|أكتوبر|اكتوبر|تشرين الأول',
  'nov|نوفمبر|تشرين الثاني',
  'dec|déc|dic|dez|ديسمبر|كانون الأول',
].map((names) => names.split('|'));

/** Offsets in minutes of the abbreviations that newsrooms use; RFC 822 knows only the American ones. */
const zones: Record<string, number> = {
  ...{
    UT: 0,
    UTC: 0,
    GMT: 0,
    Z: 0,
    WET: 0,
    BST: 60,
    WEST: 60,
    CET: 60,
    WAT: 60,
    CEST: 120,
    EET: 120,
    CAT: 120,
    SAST: 120,
  },
  ...{ EEST: 180, MSK: 180, EAT: 180, TRT: 180, GST: 240, PKT: 300, IST: 330, ICT: 420, WIB: 420, HKT: 480, SGT: 480 },
  ...{ AWST: 480, JST: 540, KST: 540, AEST: 600, AEDT: 660, NZST: 720, NZDT: 780, ART: -180, BRT: -180 },
  ...{ EDT: -240, AST: -240, EST: -300, CDT: -300, CST: -360, MDT: -360, MST: -420, PDT: -420, PST: -480 },
};

interface Parts {
  year: number;
  month: number;
  day: number;
}

/**
 * A date in a form that newsrooms write, as whole milliseconds of Unix time; null for what is none. Understands RFC 822, ISO 8601
 * (also compact, with a week-day or a named zone), Unix seconds and milliseconds, day.month.year, day/month/year and names of months
 * in seven languages, Arabic and Persian digits. Without a zone it is UTC. Never throws.
 */
export function readDate(written: string): number | null {
  const text = westernDigits(written).trim().slice(0, 100);
  if (/^\d{10}(?:\d{3})?(?:\.\d+)?$/.test(text))
    return Math.floor(Number(text) * (text.length >= 13 && !text.includes('.') ? 1 : 1000));
  const date = dateOf(text);
  return date && instantOf(date.parts, text.slice(0, date.from) + ' ' + text.slice(date.to));
}

function westernDigits(text: string): string {
  return text
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0)! & 0xff) % 16))
    .replace(/[\u200e\u200f]/g, '');
}

interface Found {
  parts: Parts;
  /** Where it stands in the text. */
  from: number;
  to: number;
}

function dateOf(text: string): Found | null {
  const iso =
    /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text) ?? /(?<!\d)(\d{4})(\d\d)(\d\d)(?=T|$)/.exec(text);
  if (iso) return found(iso, iso[1]!, Number(iso[2]), iso[3]!);
  const slashed = /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/.exec(text);
  if (slashed) return dayFirst(slashed);
  return named(text);
}

/** Day before month, as everywhere but in the United States; 11/24/2026 can only be theirs. */
function dayFirst(match: RegExpExecArray): Found | null {
  const [first, second] = [Number(match[1]), Number(match[2])];
  return second > 12 ? found(match, match[3]!, first, match[2]!) : found(match, match[3]!, second, match[1]!);
}

function named(text: string): Found | null {
  const name = `(\\p{L}[\\p{L}\\p{M}]*(?: (?:الثاني|الأول))?)\\.?`;
  const day = new RegExp(
    `(?<![\\d:])(\\d{1,2})(?:\\.|º|er|st|nd|rd|th)?[\\s-]+(?:de )?${name}[\\s,-]+(?:de |del )?(\\d{4}|\\d{2})(?![\\d:])`,
    'u',
  ).exec(text);
  if (day) return found(day, day[3]!, monthOf(day[2]!), day[1]!);
  const month = new RegExp(`${name}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?![\\d:])`, 'u').exec(text);
  if (month) return found(month, month[3]!, monthOf(month[1]!), month[2]!);
  // Thu Nov 24 05:00:00 UTC 2026, as `date` writes it
  const unix = /(\p{L}{3})\s+(\d{1,2})\s+(?=\d{1,2}:).*?\s(\d{4})$/u.exec(text);
  if (!unix) return null;
  const parts = partsOf(unix[3]!, monthOf(unix[1]!), unix[2]!);
  const from = unix.index;
  return parts && { parts, from, to: from + unix[1]!.length + 1 + unix[2]!.length };
}

function monthOf(name: string): number {
  const lower = name.toLowerCase().normalize('NFC');
  return (
    1 +
    months.findIndex((names) => names.some((start) => (start.length > 2 ? lower.startsWith(start) : lower === start)))
  );
}

function found(match: RegExpExecArray, year: string, month: number, day: string): Found | null {
  const parts = partsOf(year, month, day);
  return parts && { parts, from: match.index, to: match.index + match[0].length };
}

function partsOf(written: string, month: number, day: string): Parts | null {
  const short = written.length === 2;
  const year = Number(written) + (short ? (Number(written) < 70 ? 2000 : 1900) : 0);
  const parts = { year, month, day: Number(day) };
  try {
    return Temporal.PlainDate.from(parts, { overflow: 'reject' }) && parts;
  } catch {
    return null;
  }
}

/** Neither a Date nor a Temporal.Instant lies farther from 1970 than this (ECMA-262, time value). */
const farthestMs = 8.64e15;

/** `rest`: the text without its date; time and zone stand in it, if at all. */
function instantOf({ year, month, day }: Parts, rest: string): number | null {
  const time =
    /(?<!\d)(\d{1,2})(?::|h|\.)(\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\b)?/i.exec(rest) ??
    /T(\d\d)(\d\d)(\d\d)?()/.exec(rest);
  const [hour, minute, second] = time ? [hourOf(time[1]!, time[4]), Number(time[2]), Number(time[3] ?? 0)] : [0, 0, 0];
  if (hour > 24 || minute > 59 || second > 60) return null;
  const after = time ? rest.slice(time.index + time[0].length) : '';
  const ms = Date.UTC(year, month - 1, day, hour, minute, second) - offsetOf(after) * 60_000;
  return Math.abs(ms) <= farthestMs ? ms : null;
}

function hourOf(written: string, half: string | undefined): number {
  if (!half) return Number(written);
  return (Number(written) % 12) + (/^p/i.test(half) ? 12 : 0);
}

/** Minutes east of Greenwich. */
function offsetOf(rest: string): number {
  const [, sign, hours, minutes] = /([+-])(\d{2}):?(\d{2})?(?!\d)/.exec(rest) ?? [];
  if (hours && Number(hours) <= 14) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
  const name = /(?<!\p{L})[A-Z]{1,5}(?!\p{L})/u.exec(rest)?.[0];
  return (name === undefined ? 0 : zones[name]) ?? 0;
}
