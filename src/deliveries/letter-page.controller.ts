import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { one } from '../database/sql.js';
import type { EditionKind } from '../editions/edition.js';
import { Tokens } from '../tokens/tokens.js';
import { previewPolicy } from './proof-input.js';
import { WriteEditionLetter } from './write-edition-letter.js';

/**
 * The web copy of a letter, from its snapshot: what was sent, also after a correction. The link names the variant and no reader, so that it can be
 * passed on; the reader's own links of the letter lead to the front page here.
 */
@ApiExcludeController()
@Controller('letters')
export class LetterPageController {
  constructor(
    private readonly db: DataSource,
    private readonly tokens: Tokens,
    private readonly writeLetter: WriteEditionLetter,
  ) {}

  @Get(':token')
  async show(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const variantId = this.tokens.read('letter', token);
    const edition = variantId ? await this.editionOf(variantId) : undefined;
    if (!variantId || !edition) throw new NotFoundException();
    const { letter } = await this.writeLetter.run(edition, variantId, null);
    await reply
      .headers({
        'content-security-policy': previewPolicy,
        'x-robots-tag': 'noindex',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-language': letter.locale,
        'cache-control': 'private, max-age=300',
      })
      .type('text/html; charset=utf-8')
      .send(letter.html);
  }

  private editionOf(variantId: string): Promise<{ id: string; kind: EditionKind } | undefined> {
    return one(this.db, `select e.id, e.kind from variant v join edition e on e.id = v.edition_id where v.id = $1`, [
      variantId,
    ]);
  }
}
