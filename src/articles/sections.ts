/** Sections that have a name in each of our languages (locales, `section.*`). Others may be used and are shown as written. */
const wellKnown = [
  'World',
  'Middle East',
  'Europe',
  'Africa',
  'Americas',
  'Asia',
  'Economy',
  'Science',
  'Culture',
  'Climate',
];

const synonyms: Record<string, string> = {
  international: 'World',
  'world news': 'World',
  mideast: 'Middle East',
  business: 'Economy',
  economics: 'Economy',
  finance: 'Economy',
  environment: 'Climate',
  arts: 'Culture',
};

export const defaultSection = 'World';

/** The section that an item's categories speak for: a well-known one among them, else the first. */
export function sectionOf(categories: string[]): string {
  const names = categories
    .map((name) => name.replace(/\s+/g, ' ').trim())
    .filter((name) => name !== '' && name.length <= 40);
  const known = names.flatMap((name) => {
    const lower = name.toLowerCase();
    return synonyms[lower] ?? wellKnown.find((section) => section.toLowerCase() === lower) ?? [];
  });
  return known[0] ?? names[0] ?? defaultSection;
}
