import { pickLocale } from '../../locales/messages.js';
import { clip } from '../text/clip.js';
import { plainText } from '../text/plain-text.js';
import { functionWords } from './function-words.js';
import { sentencesOf } from './sentences.js';

/** UTF-16 units, as two good sentences have them. */
export const summaryLength = 280;
const leastSentence = 40;
/** One sentence of this length is enough. */
const enough = 150;

/**
 * What an article says in one or two sentences of its own, for one whose source gave no standfirst: those whose words come back most
 * often in the text, the early ones before the late ones. Without a sentence of fit length, the text's beginning.
 *
 * @param html sanitised @param language a BCP 47 tag
 */
export function extractSummary(article: { title: string; html: string; language: string }): string {
  const { title, html, language } = article;
  const sentences = sentencesOf(html, language);
  const weigh = weigherOf([title, ...sentences], language);
  const ranked = sentences
    .map((text, place) => ({ text, place, score: weigh(text) / (1 + place / 4) }))
    .filter(({ text }) => text.length >= leastSentence && text.length <= summaryLength && isStatement(text))
    .sort((a, b) => b.score - a.score || a.place - b.place);
  const [best] = ranked;
  if (!best) return clip(sentences.join(' ') || plainText(html), summaryLength, language);
  const chosen = [best];
  const second = ranked.find((one) => one !== best && one.text.length + best.text.length < summaryLength);
  if (best.text.length < enough && second) chosen.push(second);
  return chosen
    .sort((a, b) => a.place - b.place)
    .map(({ text }) => text)
    .join(' ');
}

/** How much of what a text is about a sentence holds: the mean of how often its words are used in all sentences. */
function weigherOf(texts: string[], language: string): (text: string) => number {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of contentWords(text, language)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (text) => {
    const words = [...contentWords(text, language)];
    return words.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0) / Math.sqrt(Math.max(words.length, 8));
  };
}

function contentWords(text: string, language: string): Set<string> {
  const idle = functionWords(pickLocale(language));
  const words = text.toLowerCase().match(/[\p{L}\p{M}]{3,}|\p{N}+/gu) ?? [];
  return new Set(words.filter((word) => !idle.has(word)));
}

/** A question, a quotation alone or a fragment tells nobody what happened. */
const isStatement = (text: string): boolean =>
  /[.!…»”"]$/u.test(text) && !/^["“«'‘]/u.test(text) && !text.includes('?') && !text.includes('؟');
