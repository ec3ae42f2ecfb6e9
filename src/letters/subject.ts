import { message, type Locale } from '../locales/messages.js';
import { plainLine, shorten } from './plain-line.js';

const subjectGraphemes = 70;
const preheaderGraphemes = 140;

/** What an inbox shows of an edition before it is opened: the subject from its lead, the preheader from the headlines that follow.
 *  @param stories the lead first; at least one */
export function subjectFor(
  stories: readonly { title: string; standfirst: string }[],
  locale: Locale,
): { subject: string; preheader: string } {
  const [lead, ...others] = stories;
  if (!lead) throw new Error('An edition without stories has no subject');
  const preheader = others.length > 0 ? also(others, locale) : shorten(plainLine(lead.standfirst), preheaderGraphemes);
  return { subject: shorten(plainLine(lead.title), subjectGraphemes), preheader };
}

/** As many headlines as there is room for; the first in any case. */
function also(stories: readonly { title: string }[], locale: Locale): string {
  const [first, ...more] = stories.map((story) => shorten(plainLine(story.title), subjectGraphemes));
  let titles = first!;
  for (const title of more) {
    const longer = `${titles} · ${title}`;
    if (message(locale, 'letter.also', { titles: longer }).length > preheaderGraphemes) break;
    titles = longer;
  }
  return message(locale, 'letter.also', { titles });
}
