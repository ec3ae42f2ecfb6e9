import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HostTurns } from '../fetching/host-turns.js';
import { HealthModule } from '../health/health.module.js';
import { ListsModule } from '../lists/lists.module.js';
import { WatchSources } from './health/watch-sources.js';
import { AcceptArticle } from './accept-article.js';
import { ArticlePageController } from './article-page.controller.js';
import { Article } from './article.entity.js';
import { ArticlesController } from './articles.controller.js';
import { ComposeText } from './compose-text.js';
import { DiscoverFeeds } from './discover-feeds.js';
import { EditArticle } from './edit-article.js';
import { ParseFeed } from './feeds/parse-feed.js';
import { TakeItems } from './feeds/take-items.js';
import { CompleteArticle } from './pages/complete-article.js';
import { AskSummaries } from './summary/ask-summaries.js';
import { CompleteArticles } from './pages/complete-articles.js';
import { OpmlController } from './opml.controller.js';
import { ParsePage } from './pages/parse-page.js';
import { WatchPage } from './pages/watch-page.js';
import { CorrectArticle } from './correct-article.js';
import { ForgetOld } from './forget-old.js';
import { MailTheDesk } from './health/mail-the-desk.js';
import { Robots } from './pages/robots.js';
import { KeepFigures } from './pictures/keep-figures.js';
import { KeepPicture } from './pictures/keep-picture.js';
import { LogoController } from './pictures/logo.controller.js';
import { PicturesController } from './pictures/pictures.controller.js';
import { PollSource } from './poll-source.js';
import { PollSources } from './poll-sources.js';
import { LoadSample } from './sample/load-sample.js';
import { SampleController } from './sample/sample.controller.js';
import { SaveSource } from './save-source.js';
import { Source } from './source.entity.js';
import { SourcesController } from './sources.controller.js';
import { WithdrawArticle } from './withdraw-article.js';
import { ArticlesClockSteps } from './articles.clock-steps.js';
import { ReadForeign } from './foreign/read-foreign.js';

@Module({
  imports: [HealthModule, ListsModule, TypeOrmModule.forFeature([Source, Article])],
  controllers: [
    OpmlController,
    SourcesController,
    ArticlesController,
    ArticlePageController,
    PicturesController,
    LogoController,
    SampleController,
  ],
  providers: [
    ArticlesClockSteps,
    ...[PollSources, PollSource, ParseFeed, TakeItems, SaveSource, DiscoverFeeds, WatchSources, MailTheDesk, ForgetOld],
    ReadForeign,
    ...[AcceptArticle, CorrectArticle, EditArticle, WithdrawArticle, ComposeText],
    AskSummaries,
    ...[CompleteArticles, CompleteArticle, WatchPage, ParsePage, Robots],
    ...[KeepFigures, KeepPicture, LoadSample],
    { provide: HostTurns, useValue: new HostTurns(1_000) },
  ],
  exports: [ArticlesClockSteps, CorrectArticle, AcceptArticle, WithdrawArticle, LoadSample],
})
export class ArticlesModule {}
