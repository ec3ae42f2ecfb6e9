import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { one } from '../database/sql.js';
import { Alarms } from '../health/alarms.js';
import type { Draft } from '../editions/compose-variants.js';
import { readVariant } from '../editions/variant.js';
import { writeEdition, type OwnTemplate } from '../letters/write-edition.js';
import type { Brand } from '../letters/brand.js';
import type { Letter } from '../letters/letter.js';
import type { Origin } from '../letters/why-line.js';
import type { Locale } from '../locales/messages.js';
import { readTemplate, SaveTemplate } from '../lists/save-template.js';
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
  replyTo: string | null;
  brand: Brand;
  localDate: string;
  /** The edition was made only to welcome new readers. */
  welcomes?: boolean;
}

/** The links that are a reader's own. */
export interface ReaderLinks {
  preferences: string;
  unsubscribe: string;
}

/** What of a letter is one reader's own. */
export interface ReaderPart {
  links: ReaderLinks;
  origin: Origin | null;
}

/** When the first morning letter comes, in words; a welcome says so. */
export type NextLetter = (locale: Locale) => string | null;

/** Writes the letter of one variant: the snapshot, the list, and the links of the reader it is for. */
@Injectable()
export class WriteEditionLetter {
  constructor(
    private readonly db: DataSource,
    private readonly links: Links,
    private readonly saveTemplate: SaveTemplate,
    private readonly alarms: Alarms,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** @param reader null for a preview or a proof, whose links lead nowhere that changes anything */
  async run(
    edition: { id: string; kind: DeliveryKind },
    variantId: string,
    reader: ReaderPart | null,
    next: NextLetter = () => null,
  ): Promise<AddressedLetter> {
    const variant = await readVariant(this.db, variantId);
    const list = await this.listOf(edition.id);
    const web = this.links.letter(variantId);
    const kind = edition.kind === 'special' && list.welcomes ? 'morning' : edition.kind; // no editor asked for it
    const written = await this.write({ ...list, web }, kind, variant, reader, next(variant.locale));
    if (!reader) return written;
    const links = { ...this.publicLinks(list), web, ...reader.links };
    const domain = domainOf(written.from.address);
    return { ...written, headers: listHeaders({ list, domain, edition, locale: variant.locale, links }) };
  }

  /** The letter of an issue that is no edition yet. @param links null: those that change nothing */
  draft(
    list: Omit<EditionList, 'localDate'>,
    localDate: string,
    draft: Draft,
    links: ReaderLinks | null = null,
    own?: OwnTemplate,
  ): Promise<AddressedLetter> {
    return this.write({ ...list, localDate }, 'morning', draft, links && { links, origin: null }, null, own);
  }

  private async write(
    list: EditionList & { web?: string },
    kind: DeliveryKind,
    { locale, subject, preheader, note, stories, corrections }: Draft,
    reader: ReaderPart | null,
    nextAt: string | null,
    own?: OwnTemplate,
  ): Promise<AddressedLetter> {
    const data = {
      ...{ locale, kind, subject, preheader, deskNote: note, corrections, stories, nextAt },
      origin: reader?.origin ?? null,
      list: { ...list, homeUrl: this.links.home() },
      localDate: list.localDate,
      links: { ...this.publicLinks(list), ...(list.web && { web: list.web }), ...(reader?.links ?? this.deadLinks()) },
    };
    const letter = await writeEdition(data, own ?? (await this.liveTemplate(list.slug)));
    return { from: senderOf(list, this.config.MAIL_FROM), letter, headers: {} };
  }

  /** What is live; a failure is noted with it, and the first of its kind wakes somebody. */
  private async liveTemplate(slug: string): Promise<OwnTemplate | null> {
    const stored = await readTemplate(this.db, slug);
    if (!stored?.live) return null;
    const say = async (reason: string) => {
      if (await this.saveTemplate.noteProblem(slug, reason))
        this.alarms.raise('edition', `The template of list ${slug} is not used, the house's is: ${reason}.`);
    };
    return { mjml: stored.live, failed: (reason) => void say(reason).catch(() => undefined) };
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
      `select l.slug, l.name, l.tagline, l.postal_address as "postalAddress", l.mail_from as "mailFrom", l.reply_to as "replyTo", l.brand,
              e.local_date as "localDate", e.audience = 'new' as welcomes
         from edition e join list l on l.id = e.list_id where e.id = $1`,
      [editionId],
    );
    return row!;
  }
}
