import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import type { Instant } from '../../database/now.js';
import { one } from '../../database/sql.js';
import { writeSourceAlarm } from '../../letters/write-source-alarm.js';
import { findList } from '../../lists/find-list.js';
import { automaticHeaders } from '../../mail/list-headers.js';
import { senderOf } from '../../mail/mailbox.js';
import { Outbox, type LetterIds, type OneOffLetter } from '../../mail/outbox.js';

/** When our own network fails, every source falls ill at once; the log, the metric and the API tell of the others. */
const mostAnHour = 10;

/** Tells the desk by mail of a source that has fallen ill, where DESK_MAIL says whom. */
@Injectable()
export class MailTheDesk implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  onModuleInit(): void {
    this.outbox.register('source alarm', (ids) => this.write(ids));
  }

  async run(tx: EntityManager, sourceId: string, missed: string, now: Instant): Promise<void> {
    if (!this.config.DESK_MAIL) return;
    const since = now.subtract({ hours: 1 });
    const told = await one<{ count: number }>(
      tx,
      `select count(*)::int as count from outbox where kind = 'source alarm' and posted_at > $1`,
      [since],
    );
    if (told!.count < mostAnHour) await this.outbox.post(tx, 'source alarm', { source: sourceId, missed }, now);
  }

  /** Null: it is well again, or nobody is to be told any more. */
  private async write({ source: id, missed }: LetterIds): Promise<OneOffLetter | null> {
    const to = this.config.DESK_MAIL;
    const source = await one<{ title: string; url: string; health: string; detail: string | null }>(
      this.db,
      `select title, url, health, health_detail as detail from source where id = $1`,
      [id],
    );
    const list = await findList(this.db);
    if (!to || !list || !source || source.health === 'well') return null;
    const letter = await writeSourceAlarm({
      list: { ...list, homeUrl: `${this.config.PUBLIC_URL}/` },
      source: { ...source, detail: source.detail ?? '' },
      missed: missed ?? '',
      logUrl: `${this.config.PUBLIC_URL}/api/docs`,
    });
    return {
      ...{ from: senderOf(list, this.config.MAIL_FROM), to, headers: automaticHeaders('en') },
      ...{ subject: letter.subject, html: letter.html, text: letter.text },
    };
  }
}
