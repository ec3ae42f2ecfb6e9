import { plainText } from '../text/plain-text.js';

/** Blocks that tell nothing of their own: headings, pictures with their captions, tables. */
const aside = /<(h[1-6]|figure|figcaption|table|aside)\b[\s\S]*?<\/\1>/gi;
const blockEnd = /<\/?(?:p|div|br|hr|li|ul|ol|blockquote)\b[^>]*>/i;

/** PARIS (Agency) — ; what stands before the first sentence of a dispatch. */
const dateline =
  /^(?:\p{Lu}[\p{Lu}\p{M}.'’ ,-]{2,40}(?:\([^)]{1,40}\))?|\([^)]{1,40}\)|[\p{Script=Arabic} ]{2,25}\([^)]{1,40}\))\s*[—–-]\s+/u;

/** What newspapers put among their sentences: bylines, credits, invitations. */
const furniture = [
  /^(?:by|par|por|بقلم)\s+\p{L}/iu,
  /^(?:photo|photograph|picture|image|video|credit|foto|vídeo|crédit|صورة|الصورة)\b/iu,
  /^(?:read (?:more|also)|see also|related|sign up|subscribe|follow us|click|share|advertisement|lire aussi|à lire|abonnez|suivez|partager|publicité|lea también|leer más|suscr[ií]b|s[ií]ganos|compart|publicidad|اقرأ|إقرأ|اشترك|تابعونا|شاهد|إعلان)/iu,
  /©|all rights reserved|tous droits réservés|todos los derechos|جميع الحقوق/iu,
  /https?:|www\./iu,
];

/** After these a full stop ends no sentence. */
const abbreviation =
  /(?:^|[\s(«“"'’])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sen|Rep|Gov|St|No|vs|Inc|Ltd|Corp|Jr|M|MM|Mme|Mlle|Sr|Sra|Srta|Dra|Ud|Uds|núm|pág|etc|approx|env|[A-Z]\.[A-Z]|EE\.\s?UU)\.$/u;

/** A summary comes from an article's beginning; blocks after these are not read. */
const mostBlocks = 400;
/** The longest abbreviation, with what may stand around it. */
const tail = 16;

/** The sentences that an article's html tells its matter with, in their order. @param language a BCP 47 tag */
export function sentencesOf(html: string, language: string): string[] {
  return html
    .replace(aside, '<p>')
    .split(blockEnd, mostBlocks)
    .map(plainText)
    .flatMap((block) => split(block.replace(dateline, ''), language))
    .filter((sentence) => !furniture.some((pattern) => pattern.test(sentence)));
}

function split(block: string, language: string): string[] {
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenterOf(language).segment(block)) {
    open += segment;
    if (
      abbreviation.test(
        segment
          .slice(-tail * 2)
          .trimEnd()
          .slice(-tail),
      )
    )
      continue;
    sentences.push(open.trim());
    open = '';
  }
  return [...sentences, open.trim()].filter(Boolean);
}

function segmenterOf(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: 'sentence' });
  } catch {
    return new Intl.Segmenter('en', { granularity: 'sentence' }); // a tag that is none
  }
}
