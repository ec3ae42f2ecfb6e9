import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CompleteArticles1779700000022 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table source drop constraint source_kind_check`);
    await db.query(`
      alter table source
        add constraint source_kind_check check (kind in ('feed', 'page')),
        add column complete boolean not null default true`);
    await db.query(`
      alter table article
        add column link text,
        add column dated boolean not null default true,
        add column page_wanted boolean not null default false,
        add column page_problem text`);
    await db.query(`
      comment on column source.kind is 'page: a page to watch, whose links are articles';
      comment on column source.complete is 'thin items are completed from the article''s own page';
      comment on column article.link is 'the address as its source gives it, where the page has named another as canonical';
      comment on column article.dated is 'false: the source gave no date, published_at is when we first saw it';
      comment on column article.page_wanted is 'thin; to be completed from its page';
      comment on column article.page_problem is 'why it could not be completed from its page'`);
    await db.query(`update source set complete = false where sample`);
    await db.query(`create index article_page_wanted on article (first_seen_at) where page_wanted`);
    await db.query(`create index article_link on article (link) where link is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
