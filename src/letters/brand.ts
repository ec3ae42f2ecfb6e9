/** How a list looks and what it says beside its name. Colours are `#rrggbb`; null: the house's own. */
export interface Brand {
  accent: string | null;
  /** In dark mode; null: the house's, or a lighter `accent` where there is one. */
  accentDark: string | null;
  /** Some lines at the foot of every letter, above the postal address. */
  footer: string;
  /** Path on this service, sizes in pixels as shown. */
  logo: { path: string; width: number; height: number } | null;
}

export const plain: Brand = { accent: null, accentDark: null, footer: '', logo: null };

/** The house's colours, as letters and pages are written in. */
export const house = { accent: '#8f1a1d', accentDark: '#f2988f' };

/** What an accent is seen against: paper, tint and, in a button, the letters on it. */
const grounds = { light: ['#fbf8f2', '#f2ece0', '#ffffff'], dark: ['#161412', '#201d1a', '#1b1210'] };
/** WCAG 2.2, 1.4.3, level AA. */
export const leastContrast = 4.5;

/** The contrast that a colour has where it has least, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export const contrastOf = (colour: string, mode: 'light' | 'dark'): number =>
  Math.min(...grounds[mode].map((ground) => ratio(luminance(colour), luminance(ground))));

export interface Colours {
  accent: string;
  accentDark: string;
}

export function coloursOf({ accent, accentDark }: Brand): Colours {
  return { accent: accent ?? house.accent, accentDark: accentDark ?? (accent ? lightened(accent) : house.accentDark) };
}

/** A colour as much lighter as dark mode needs. */
function lightened(colour: string): string {
  for (let step = 0; step <= 20; step++) {
    const lighter = mixed(colour, step / 20);
    if (contrastOf(lighter, 'dark') >= leastContrast) return lighter;
  }
  return '#ffffff';
}

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

const mixed = (colour: string, white: number): string =>
  `#${channels(colour)
    .map((channel) =>
      Math.round(channel + (255 - channel) * white)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const ratio = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
