import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import { readVariant } from '../editions/variant.js';
import { writeEdition } from '../letters/write-edition.js';
import type { Letter } from '../letters/letter.js';
import { listHeaders } from '../mail/list-headers.js';
import { senderOf, type Mailbox } from '../mail/mailbox.js';
import { Links } from '../subscribers/links.js';
import { nextMorning, readSubscription } from '../subscribers/read-subscription.js';
import type { DeliveryKind } from './delivery.js';

/** One letter of an edition, ready to be built into bytes. */
export interface AddressedLetter {
  from: Mailbox;
  letter: Letter;
  headers: Record<string, string>;
}

interface EditionList {
  slug: string;
  name: string;
  tagline: string;
  postalAddress: string;
  mailFrom: string | null;
  timeZone: string;
  localDate: string;
}

/** Whom a letter is for. Without a subscription it is a preview or a proof: its links lead nowhere that changes anything. */
export type Reader = { subscriptionId: string; subscriberId: string } | null;

/** Writes the letter of one variant for one reader: the snapshot, the list, and this reader's own links. */
@Injectable()
export class WriteEditionLetter {
  constructor(
    private readonly db: DataSource,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(
    edition: { id: string; kind: DeliveryKind },
    variantId: string,
    reader: Reader,
    now: Instant,
  ): Promise<AddressedLetter> {
    const variant = await readVariant(this.db, variantId);
    const list = await this.listOf(edition.id);
    const subscription = reader ? await readSubscription(this.db, reader.subscriptionId) : undefined;
    const locale = variant.locale;
    const links = this.linksFor(list, reader);
    const letter = await writeEdition({
      locale,
      kind: edition.kind,
      list: { ...list, homeUrl: this.links.home() },
      localDate: list.localDate,
      subject: variant.subject,
      preheader: variant.preheader,
      stories: variant.stories,
      links,
      nextAt: edition.kind === 'welcome' && subscription ? nextMorning({ ...subscription, locale }, now) : null,
    });
    const from = senderOf(list, this.config.MAIL_FROM);
    const domain = from.address.split('@').at(-1)!;
    return { from, letter, headers: reader ? listHeaders({ list, domain, edition, locale, links }) : {} };
  }

  private linksFor(list: EditionList, reader: Reader) {
    const web = `${this.config.PUBLIC_URL}/lists/${list.slug}/archive/${list.localDate}`;
    const archive = `${this.config.PUBLIC_URL}/lists/${list.slug}/archive`;
    if (!reader) return { web, archive, preferences: this.links.home(), unsubscribe: this.links.home() };
    return {
      web,
      archive,
      preferences: this.links.preferences(reader.subscriberId),
      unsubscribe: this.links.unsubscribe(reader.subscriptionId),
    };
  }

  private async listOf(editionId: string): Promise<EditionList> {
    const row = await one<EditionList>(
      this.db,
      `select l.slug, l.name, l.tagline, l.postal_address as "postalAddress", l.mail_from as "mailFrom", l.time_zone as "timeZone",
              e.local_date as "localDate"
         from edition e join list l on l.id = e.list_id where e.id = $1`,
      [editionId],
    );
    return row!;
  }
}
