import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was wrong in an article, told to those who had it; and letters under way that go on without it. */
export class CreateCorrections1779806000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table correction (
        id bigint generated always as identity primary key,
        article_id bigint not null references article,
        kind text not null check (kind in ('corrected', 'withdrawn')),
        text text not null,
        was jsonb not null,
        made_by text not null,
        made_at timestamptz not null
      )`);
    await db.query(`comment on column correction.was is 'title and standfirst as readers had them'`);
    await db.query(`create index correction_by_article on correction (article_id, id)`);
    await db.query(`
      alter table variant
        add column replaced_by bigint references variant, add column ended_at timestamptz,
        add column corrected_at timestamptz, add column corrections jsonb not null default '[]'`);
    await db.query(
      `comment on column variant.replaced_by is 'the variant that whoever has not been served gets instead: always the latest one'`,
    );
    await db.query(
      `comment on column variant.ended_at is 'when the last of its stories was withdrawn: nobody gets it any more'`,
    );
    await db.query(
      `comment on column variant.corrections is 'what it tells of stories that these readers had: [{id, title, text, url}]'`,
    );
    await db.query(
      `create index variant_not_current on variant (edition_id) where replaced_by is not null or ended_at is not null`,
    );
    await db.query(`create index variant_story_by_article on variant_story (article_id)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
