import { concepts } from '../../dist/stories/language/concepts.js';

const hours = 48;
const syllables =
  'ba be bo da de do fa fi ga ge ka ke ko la le li lo ma me mi mo na ne ni no pa pe po ra re ri ro sa se si so ta te ti to va ve vi za zo'.split(
    ' ',
  );
const countries = [
  ...'FR ES GB US DE IT BR AR CL MX EG MA TN DZ LB SY IQ IR IL TR GR RU UA PL CN JP KR IN PK KE NG SN ML ZA ET SD AU CA'.matchAll(
    /\w+/g,
  ),
].map(([code]) => code);
const known = concepts
  .trim()
  .split('\n')
  .map((line) =>
    line
      .split(': ')[1]
      .split(' ')
      .filter((word) => !word.includes('_') && /^[a-z]/.test(word))
      .map((word) => word.replace('*', '')),
  );

/** Always the same numbers: mulberry32. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Articles of 48 hours as newsrooms write them, but for the sense: words by Zipf's law out of 20,000, names, places, numbers and the words of the concept
 * list; a fifth of them report one of 300 events that many carry, the sizes of events falling as 1/rank.
 */
export function syntheticNews(count, seed = 7) {
  const random = chance(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const word = (number, least = 2) =>
    Array.from(
      { length: least + (number % 3) },
      (_, at) => syllables[(number * (at + 3) * 7 + at * number) % syllables.length],
    ).join('');
  // Zipf's law without its head: what stop words are is not read.
  const zipf = (size) => Math.floor(200 * (size / 200) ** random());
  const name = () => { const text = word(20_000 + zipf(30_000), 3); return text[0].toUpperCase() + text.slice(1); }; // prettier-ignore
  const inEnglish = new Intl.DisplayNames('en', { type: 'region' });
  const event = () => ({
    country: inEnglish.of(pick(countries)),
    names: [name(), name(), name()],
    concepts: [pick(known), pick(known), pick(known)],
    words: Array.from({ length: 12 }, () => word(zipf(20_000))),
    number: String(10 + Math.floor(random() * 900)),
    at: random() * hours * 3_600_000,
  });
  const sentence = (about, own, others) => {
    const parts = [
      about.country,
      pick(about.names),
      pick(about.names),
      pick(pick(about.concepts)),
      pick(pick(about.concepts)),
      about.number,
    ];
    for (let n = 0; n < own; n++) parts.push(pick(about.words));
    for (let n = 0; n < others; n++) parts.push(word(zipf(20_000)));
    return parts.sort(() => random() - 0.5).join(' ');
  };
  const large = Array.from({ length: 300 }, event);
  const articles = Array.from({ length: count }, () => {
    const about = random() < 0.2 ? large[Math.floor(300 ** random()) - 1] : event();
    const texts = { title: sentence(about, 3, 3), standfirst: sentence(about, 5, 14), body: sentence(about, 6, 50) };
    return { language: pick(['en', 'en', 'fr', 'es', 'ar']), at: about.at + random() * 10 * 3_600_000, ...texts };
  });
  return articles.sort((a, b) => a.at - b.at).map((article, index) => ({ id: String(index + 1), ...article }));
}
