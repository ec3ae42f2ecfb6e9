import { subjectFor } from '../../letters/subject.js';
import type { SnapshotStory, Variant } from '../variant.js';

/** What an article says by now. */
export interface ArticleNow {
  title: string;
  standfirst: string;
  withdrawn: boolean;
  corrected: boolean;
}

/**
 * A variant without what was withdrawn, and with what was put right; the story behind a withdrawn lead moves up. Lines that stories gave
 * (subject, preheader) are given anew; those of an editor stay, unless the lead they were written for is gone.
 *
 * @returns null when no story is left
 */
export function correctVariant(
  { locale, subject, preheader, stories }: Pick<Variant, 'locale' | 'subject' | 'preheader' | 'stories'>,
  articles: ReadonlyMap<string, ArticleNow>,
): Pick<Variant, 'subject' | 'preheader' | 'stories'> | null {
  const left = stories
    .filter(({ articleId }) => !articles.get(articleId)?.withdrawn)
    .map((story) => asCorrected(story, articles.get(story.articleId)));
  if (left.length === 0) return null;
  const given = subjectFor(stories, locale);
  const anew = subjectFor(left, locale);
  const leadGone = left[0]!.articleId !== stories[0]!.articleId;
  return {
    stories: left,
    subject: leadGone || subject === given.subject ? anew.subject : subject,
    preheader: leadGone || preheader === given.preheader ? anew.preheader : preheader,
  };
}

function asCorrected(story: SnapshotStory, article: ArticleNow | undefined): SnapshotStory {
  return article?.corrected ? { ...story, title: article.title, standfirst: article.standfirst } : story;
}
