import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Figure } from '../articles/article.entity.js';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { minutes } from '../letters/reading-time.js';
import { subjectFor } from '../letters/subject.js';
import { pickLocale, type Locale } from '../locales/messages.js';
import { readCandidates, type Candidate } from './candidate.js';
import { chooseStories, type Verdict } from './choose-stories.js';
import { correctionsOwed, type SnapshotCorrection } from './corrections/corrections-owed.js';
import { readDeskWord, rewrite } from './desk-word.js';
import { readVersion } from './rundown/read-rundown.js';
import type { Decisions } from './rundown/rundown.js';
import type { ComposedEdition } from './edition.js';
import type { SnapshotStory, Variant } from './variant.js';

/** Readers who get the same letter but for their own names and links. */
export interface ReaderGroup {
  locale: string;
  /** Null: every section. */
  sections: string[] | null;
  /** Ids of the variants they had of late. */
  memory: string[];
  /** Their previous morning edition. */
  since: Instant | null;
  /** What an issue to come brings them first, where one looks ahead: ids of its stories, and its hour. */
  foreseen?: { at: Instant; stories: ReadonlySet<string> };
}

/** A variant before it is written. */
export type Draft = Omit<Variant, 'id'>;

/** Nobody in particular: this group's variant is the edition's public copy. `since`: the list's previous morning edition. */
export const everybody = (locale: string, since: Instant | null): ReaderGroup => ({
  locale,
  sections: null,
  memory: [],
  since,
});

const mostRecalled = 1_000;

interface Recalled {
  /** Stories, and when the edition was composed that brought each last. */
  seen: Map<string, Date>;
  corrections: SnapshotCorrection[];
}

/** Composes an edition's variants from one reading of the candidates, as they stood at `asOf`. */
export class VariantComposer {
  private readonly recalled = new Map<string, Promise<Recalled>>();
  private readonly reading = new Map<string, number | null>();

  private constructor(
    private readonly tx: EntityManager,
    private readonly edition: ComposedEdition,
    private readonly candidates: Candidate[],
    private readonly decisions: Decisions,
    private readonly asOf: Instant,
    private readonly publicUrl: string,
  ) {}

  static async open(
    tx: EntityManager,
    edition: ComposedEdition,
    asOf: Instant,
    publicUrl: string,
  ): Promise<VariantComposer> {
    const { decisions } = await readVersion(tx, edition.listId, edition.localDate, edition.rundownVersion);
    const candidates = rewrite(await readCandidates(tx, edition, asOf, decisions.pins), decisions);
    return new VariantComposer(tx, edition, candidates, decisions, asOf, publicUrl);
  }

  /** What a group of readers would get, not written anywhere. Null: fewer than `least` stories are left for them. */
  async draft(group: ReaderGroup, least: number): Promise<Draft | null> {
    const verdicts = (await this.judge(group)).filter(({ chosen }) => chosen);
    if (verdicts.length < least) return null;
    const locale = pickLocale(group.locale, pickLocale(this.edition.listLocale));
    const lines = this.linesFor(
      verdicts.map(({ story }) => story),
      locale,
    );
    const { corrections } = await this.recall(group.memory);
    return { locale, ...lines, corrections, stories: verdicts.map((verdict) => this.snapshot(verdict)) };
  }

  /** @returns the variant's id, or null when fewer than `least` stories are left for these readers */
  async compose(group: ReaderGroup, least: number): Promise<string | null> {
    return (await this.composeAll([{ group, least }]))[0]!;
  }

  /** The same for some groups, written together: a round trip takes as long as choosing. Groups that get the same letter share its variant. */
  async composeAll(groups: { group: ReaderGroup; least: number }[]): Promise<(string | null)[]> {
    const drafts = new Map<string, Draft>();
    const prints: (string | null)[] = [];
    for (const { group, least } of groups) {
      const draft = await this.draft(group, least);
      const print = draft && fingerprintOf(draft);
      prints.push(print);
      if (draft) drafts.set(print!, draft);
    }
    const ids = drafts.size > 0 ? await this.store(drafts) : new Map<string, string>();
    return prints.map((print) => print && ids.get(print)!);
  }

  /** @returns the ids by fingerprint */
  private async store(drafts: ReadonlyMap<string, Draft>): Promise<Map<string, string>> {
    const all = [...drafts.values()];
    const told = [...drafts].flatMap(([print, { stories }]) =>
      stories.map((story, index) => ({ print, story, index })),
    );
    const rows = await sql<{ id: string; fingerprint: string }>(
      this.tx,
      `with v as (
         insert into variant (edition_id, fingerprint, locale, subject, preheader, note, stories, corrections)
         select $1, x.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[]) x
         on conflict (edition_id, fingerprint) do update set locale = excluded.locale returning id, fingerprint),
       told as (
         insert into variant_story (variant_id, position, story_id, article_id)
         select v.id, s.position, s.story_id, s.article_id
           from unnest($9::text[], $10::int[], $11::bigint[], $12::bigint[]) as s (fingerprint, position, story_id, article_id)
           join v using (fingerprint) on conflict do nothing)
       select id, fingerprint from v`,
      [
        ...[this.edition.id, [...drafts.keys()], all.map(({ locale }) => locale), all.map(({ subject }) => subject)],
        ...[all.map(({ preheader }) => preheader), all.map(({ note }) => note)],
        ...[all.map(({ stories }) => JSON.stringify(stories)), all.map((draft) => JSON.stringify(draft.corrections))],
        ...[told.map(({ print }) => print), told.map(({ index }) => index + 1)],
        ...[told.map(({ story }) => story.storyId), told.map(({ story }) => story.articleId)],
      ],
    );
    return new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
  }

  /** The desk writes in the list's language: readers of another one get what the stories give, and so do those whose lead is another. */
  private linesFor(chosen: Candidate[], locale: Locale): { subject: string; preheader: string; note: string | null } {
    const given = subjectFor(chosen, locale);
    const { subject, preheader, note } = this.decisions;
    if (locale !== pickLocale(this.edition.listLocale)) return { ...given, note: null };
    const { placeOf } = readDeskWord(this.decisions, this.candidates);
    const isTheirLead = this.decisions.pins.length === 0 || placeOf(chosen[0]!.storyId) === 0;
    if (!isTheirLead) return { ...given, note };
    return { subject: subject ?? given.subject, preheader: preheader ?? given.preheader, note };
  }

  /** Every story that could go in for these readers, the chosen ones first, in their order. A special edition goes out whether they had its stories or not. */
  async judge(group: ReaderGroup): Promise<Verdict[]> {
    if (this.edition.namedArticles) return this.candidates.map(asNamed);
    const recalled = await this.recall(this.edition.kind === 'morning' ? group.memory : []);
    const seen = new Map([...recalled.seen, ...foreseenBy(group)]);
    const locale = pickLocale(group.locale, pickLocale(this.edition.listLocale));
    const { sections, since } = group;
    const desk = readDeskWord(this.decisions, this.candidates);
    return chooseStories(
      this.candidates,
      { locale, sections, seen, since, max: this.edition.maxStories, floor: this.edition.floor, desk },
      this.asOf,
    );
  }

  /** What readers with this memory have had and are owed: the same for all of them, whatever they chose. */
  private recall(memory: string[]): Promise<Recalled> {
    const key = memory.join(' ');
    const known = this.recalled.get(key);
    if (known) return known;
    const found = (async () => ({
      seen: new Map(memory.length > 0 ? await this.storiesOf(memory) : []),
      corrections: await correctionsOwed(this.tx, memory, this.asOf, this.publicUrl),
    }))();
    if (this.recalled.size >= mostRecalled) this.recalled.clear();
    this.recalled.set(key, found);
    return found;
  }

  /** By the stories that their articles belong to now: one that became part of another counts as that other. */
  private async storiesOf(variantIds: string[]): Promise<[string, Date][]> {
    const rows = await sql<{ id: string; at: Date }>(
      this.tx,
      `select m.story_id as id, max(coalesce(e.composed_at, e.opened_at)) as at
         from variant_story s join variant v on v.id = s.variant_id join edition e on e.id = v.edition_id
         join story_article m on m.article_id = s.article_id
        where s.variant_id = any($1::bigint[]) group by 1`,
      [variantIds],
    );
    return rows.map(({ id, at }) => [id, at]);
  }

  private snapshot({ story, also, update }: Verdict): SnapshotStory {
    const [figure] = story.figures;
    return {
      storyId: story.storyId,
      articleId: story.articleId,
      title: story.title,
      standfirst: story.standfirst,
      ...(story.byModel && { byModel: true }),
      section: story.section,
      language: story.language,
      publisher: story.publisher,
      also,
      update,
      minutes: this.minutesOf(story),
      url: `${this.publicUrl}/articles/${story.slug}`,
      picture: figure ? this.pictureOf(figure) : null,
    };
  }

  /** Counting an article's words takes longer than choosing it. */
  private minutesOf(story: Candidate): number | null {
    const known = this.reading.get(story.articleId);
    if (known !== undefined) return known;
    const counted = minutes(story.body, story.language);
    this.reading.set(story.articleId, counted);
    return counted;
  }

  private pictureOf({ src, alt, credit, width, height }: Figure): SnapshotStory['picture'] {
    return { src: this.publicUrl + src, alt, credit, width, height };
  }
}

/** The same for two drafts of one edition that are the same letter. */
export function fingerprintOf({ locale, stories, corrections }: Draft): string {
  const parts = [
    locale,
    stories.map(({ articleId, update }) => [articleId, update]),
    ...corrections.map(({ id }) => id),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

const foreseenBy = ({ foreseen }: ReaderGroup): [string, Date][] =>
  foreseen ? [...foreseen.stories].map((id) => [id, new Date(foreseen.at.epochMilliseconds)]) : [];

function asNamed(story: Candidate): Verdict {
  return {
    story,
    also: [],
    update: false,
    chosen: true,
    score: 0,
    why: [{ kind: 'named', text: 'an editor named it' }],
  };
}
