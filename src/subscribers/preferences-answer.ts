import { message, type Locale } from '../locales/messages.js';
import type { ViewData } from '../pages/view-data.js';
import type { ViewSubscription } from '../pages/view-parts.js';
import type { PreferencesFields, PreferencesSent } from './preferences-form.js';
import { isUnsaved, withFault, withTyped } from './preferences-view.js';
import type { PreferencesSaved } from './save-preferences.js';
import { sayDone } from './say-done.js';

type Answer = Pick<
  ViewData['preferences'],
  'subscriptions' | 'said' | 'fault' | 'email' | 'addressFault' | 'chosenLocale' | 'unsaved'
>;

/** What the page says after a button, and everything typed that this button did not use: it stays in its fields. */
export function answerTo(
  locale: Locale,
  subscriptions: ViewSubscription[],
  sent: PreferencesSent | undefined,
  saved: PreferencesSaved | undefined,
): Answer {
  const nothing = { said: null, fault: null, email: '', addressFault: null, chosenLocale: locale, unsaved: false };
  if (!sent || !saved) return { ...nothing, subscriptions };
  const { pressed, lists } = sent;
  const wrong = saved.kind === 'fault' ? { text: message(locale, saved.fault), of: pressed.do } : null;
  const slug = aboutOf(sent, saved);
  const about = subscriptions.find((one) => one.slug === slug);
  const typed = subscriptions.map((one) => typedIn(one, sent, saved));
  const isOfAddress = pressed.do === 'address';
  const chosenLocale = lists.size > 0 ? (pressed.locale ?? locale) : locale;
  return {
    subscriptions: typed.map((one) => (wrong && one.slug === slug ? faultyIn(one, pressed, lists, wrong) : one)),
    said: wrong ? null : sayDone(locale, pressed.do, about),
    fault: wrong && !about && !isOfAddress ? wrong.text : null,
    addressFault: wrong && isOfAddress ? wrong.text : null,
    email: isOfAddress && !wrong ? '' : pressed.email.slice(0, 254),
    chosenLocale,
    unsaved: chosenLocale !== locale || typed.some((one, n) => isUnsaved(subscriptions[n]!, one)),
  };
}

/** The list that the answer speaks of: the button's own; of a page that was saved as a whole the one at fault, or its only one. */
function aboutOf({ pressed, lists }: PreferencesSent, saved: PreferencesSaved): string | undefined {
  if (saved.kind === 'fault' && saved.list) return saved.list;
  if (pressed.list !== '') return pressed.list;
  return lists.size === 1 ? [...lists.keys()][0] : undefined;
}

function typedIn(
  one: ViewSubscription,
  { pressed, lists }: PreferencesSent,
  saved: PreferencesSaved,
): ViewSubscription {
  const fields = lists.get(one.slug);
  const hasChoices = one.state === 'active' || one.state === 'paused';
  if (!fields || !hasChoices) return one;
  const paused = saved.kind === 'done' && pressed.do === 'pause' && pressed.list === one.slug;
  const kept = withTyped(one, fields, !paused);
  return saved.kind === 'done' && pressed.do === 'save'
    ? { ...one, form: { ...one.form, until: kept.form.until } }
    : kept;
}

function faultyIn(
  one: ViewSubscription,
  pressed: PreferencesFields,
  lists: PreferencesSent['lists'],
  fault: NonNullable<ViewSubscription['fault']>,
): ViewSubscription {
  return lists.has(one.slug) ? { ...one, fault } : withFault(one, pressed, fault.text);
}
