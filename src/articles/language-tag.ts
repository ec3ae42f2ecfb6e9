/** The tag as BCP 47 writes it, `en_us` → `en-US`; English for what is no tag. */
export function languageTag(tag: string | null): string {
  try {
    return Intl.getCanonicalLocales(tag?.trim().replaceAll('_', '-') || 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
}
