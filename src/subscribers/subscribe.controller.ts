import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { networkOf } from '../api/network.js';
import { Clock } from '../database/database.module.js';
import { findList } from '../lists/find-list.js';
import type { List } from '../lists/list.entity.js';
import { message } from '../locales/messages.js';
import { Pages } from '../pages/pages.js';
import { readerLocale } from '../pages/reader-locale.js';
import { pageList } from '../lists/page-list.js';
import { formLocale, readForm, signUpFields } from './sign-up-form.js';
import { SignUpCaps } from './sign-up-caps.js';
import { SignUp } from './sign-up.js';
import { FormTime } from '../tokens/form-time.js';

/** What the box says, counted up when its words change, so that a consent event tells what was shown. */
const boxVersion = 'sign-up box v1';

@ApiExcludeController()
@Controller()
export class SubscribeController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly signUp: SignUp,
    private readonly caps: SignUpCaps,
    private readonly formTime: FormTime,
  ) {}

  @Post('subscribe')
  async subscribe(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = signUpFields.parse(typeof body === 'object' && body ? body : {});
    const list = await findList(this.db, fields.list || undefined);
    const locale = formLocale(fields, readerLocale(request, list?.locale));
    if (!list || list.archivedAt) return this.refuseList(reply, locale);
    const form = readForm(fields, list);
    const view = await pageList(this.db, list);
    if (form.kind === 'fault') {
      const retry = {
        list: view,
        error: message(locale, form.fault),
        value: fields.email.slice(0, 254),
        chosen: fields.sections,
      };
      return this.pages.html(reply, 'subscribe-error', { locale, ...retry }, 422);
    }
    const network = networkOf(request.ip);
    const { address } = form.request;
    const mayWrite = await this.caps.count({ network, address, isOurs: this.formTime.isOurs(fields.formTime) });
    const wanted = { ...form.request, list, locale, network, mayWrite, shown: `${boxVersion}, ${locale}` };
    // No person reaches that field, so whoever filled it in is a program: it is told what all are told.
    if (fields.website === '') await this.signUp.run(wanted, await this.clock.now());
    return this.pages.html(reply, 'subscribed', { locale, list: view });
  }

  private async refuseList(reply: FastifyReply, locale: ReturnType<typeof readerLocale>): Promise<void> {
    const standard: List | null = await findList(this.db);
    const [title, detail] = [message(locale, 'error.form.listTitle'), message(locale, 'error.form.list')];
    const list = standard ? { list: await pageList(this.db, standard) } : {};
    return this.pages.html(reply, 'error', { locale, status: 422, title, detail, ...list }, 422);
  }
}
