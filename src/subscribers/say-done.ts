import { message, type Locale } from '../locales/messages.js';
import type { ViewSubscription } from '../pages/view-parts.js';
import type { PreferencesFields } from './preferences-form.js';

/** What has been saved, in words: with the list, and when its next letter comes. */
export function sayDone(locale: Locale, act: PreferencesFields['do'], about: ViewSubscription | undefined): string {
  const key = act.replace(' ', '-');
  const values = { list: about?.name ?? '', at: about?.next ?? '' };
  const needsNext = act === 'save' || act === 'pause' || act === 'resume' || act === 'undo' || act === 'join';
  if (needsNext && (!about?.next || about.skipped)) return message(locale, 'page.preferences.saved');
  return message(locale, `page.preferences.said.${key}`, values);
}
