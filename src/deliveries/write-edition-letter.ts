import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { one } from '../database/sql.js';
import { readVariant } from '../editions/variant.js';
import { writeEdition } from '../letters/write-edition.js';
import type { Letter } from '../letters/letter.js';
import type { Locale } from '../locales/messages.js';
import { domainOf } from '../mail/address.js';
import { listHeaders } from '../mail/list-headers.js';
import { senderOf, type Mailbox } from '../mail/mailbox.js';
import { Links } from '../subscribers/links.js';
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

/** The links that are a reader's own. */
export interface ReaderLinks {
  preferences: string;
  unsubscribe: string;
}

/** When the first morning letter comes, in words; a welcome says so. */
export type NextLetter = (locale: Locale) => string | null;

/** Writes the letter of one variant: the snapshot, the list, and the links of the reader it is for. */
@Injectable()
export class WriteEditionLetter {
  constructor(
    private readonly db: DataSource,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** @param reader null for a preview or a proof, whose links lead nowhere that changes anything */
  async run(
    edition: { id: string; kind: DeliveryKind },
    variantId: string,
    reader: ReaderLinks | null,
    next: NextLetter = () => null,
  ): Promise<AddressedLetter> {
    const variant = await readVariant(this.db, variantId);
    const list = await this.listOf(edition.id);
    const { locale } = variant;
    const links = { ...this.publicLinks(list), ...(reader ?? this.deadLinks()) };
    const letter = await writeEdition({
      locale,
      kind: edition.kind,
      list: { ...list, homeUrl: this.links.home() },
      localDate: list.localDate,
      subject: variant.subject,
      preheader: variant.preheader,
      deskNote: variant.note,
      stories: variant.stories,
      links,
      nextAt: next(locale),
    });
    const from = senderOf(list, this.config.MAIL_FROM);
    const domain = domainOf(from.address);
    return { from, letter, headers: reader ? listHeaders({ list, domain, edition, locale, links }) : {} };
  }

  private publicLinks(list: EditionList) {
    const archive = `${this.config.PUBLIC_URL}/lists/${list.slug}/archive`;
    return { web: `${archive}/${list.localDate}`, archive };
  }

  private deadLinks(): ReaderLinks {
    return { preferences: this.links.home(), unsubscribe: this.links.home() };
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
