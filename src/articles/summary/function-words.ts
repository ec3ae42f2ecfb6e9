import type { Locale } from '../../locales/messages.js';

/** Words that carry no matter: they tell languages apart, count for nothing in a summary, and may begin a sentence in capitals. */
const known: Record<Locale, ReadonlySet<string>> = {
  en: words(
    'the a an and or but of to in on at by for from with as is are was were be been has have had will would it its this that these those he she they his her their him them who which what when where while after before since than then there not no more most some many all any one out up over under into about between during under its also however meanwhile',
  ),
  fr: words(
    'le la les un une des du de d l et ou mais à au aux en dans sur sous par pour avec sans est sont était étaient a ont avait avaient sera ce cet cette ces il elle ils elles on se s son sa ses leur leurs qui que qu quand où dont alors après avant depuis pendant entre plus moins ne pas n y être été selon ainsi aussi c j lui comme tout tous toute toutes',
  ),
  es: words(
    'el la los las un una unos unas del de y o u e pero a al en con sin por para sobre bajo entre es son era eran fue fueron ha han había habían será este esta estos estas ese esa esos esas él ella ellos ellas se su sus que quien quienes cuando donde mientras tras después antes desde durante más menos no ni ya también según como lo le les todo todos toda todas',
  ),
  ar: words(
    'في من إلى على عن مع بعد قبل بين هذا هذه ذلك تلك التي الذي الذين ما لا لم لن قد كان كانت يكون أن إن أو ثم كل بعض غير حتى منذ خلال عند لدى هو هي هم كما لكن بل إذا حيث حين وقد كما أي أيضا أيضًا فيما بينما',
  ),
};

/** A language without a list of its own has none. */
export const functionWords = (locale: Locale): ReadonlySet<string> => known[locale] ?? new Set();

const reporting = words(
  'قال قالت وقال وقالت أعلن أعلنت وأعلن وأعلنت ذكر ذكرت وذكر أكد أكدت وأكد أوضح أوضحت أضاف أضافت وأضاف أفاد أفادت',
);

/** In Arabic, where names have no capitals, these too may stand in a summary without standing in the article. */
export const isReporting = (word: string): boolean => reporting.has(word);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
