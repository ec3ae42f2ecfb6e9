import { Body, Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../api/network.js';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import { RecentLists, type RecentList } from '../lists/recent-lists.js';
import { message, type Locale } from '../locales/messages.js';
import { senderOf } from '../mail/mailbox.js';
import { blank } from '../pages/blanks.js';
import { Pages } from '../pages/pages.js';
import { readerLocale } from '../pages/reader-locale.js';
import type { BoxList } from '../pages/view-parts.js';
import { FormTime } from '../tokens/form-time.js';
import { ProofOfWork } from './proof-of-work.js';
import { SignUpCaps } from './sign-up-caps.js';
import { formLocale, readForm, signUpFields, typed, type FormFault, type SignUpFields } from './sign-up-form.js';
import { SignUp, type SignUpRequest } from './sign-up.js';
import { formBody } from '../pages/form-body.js';

/** What the box says, counted up when its words change, so that a consent event tells what was shown. */
const boxVersion = 'sign-up box v2';

/** Takes the box: from our pages and copied forms at /subscribe, from the box in a frame or element at its own address. */
@ApiExcludeController()
@Controller()
export class SubscribeController {
  constructor(
    private readonly lists: RecentLists,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly signUp: SignUp,
    private readonly caps: SignUpCaps,
    private readonly proofOfWork: ProofOfWork,
    private readonly formTime: FormTime,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  @Post(['subscribe', 'lists/:slug/box'])
  async subscribe(
    @Param('slug') slug: string | undefined,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = signUpFields.parse(formBody(body));
    const found = await this.lists.find(slug ?? fields.list);
    const locale = formLocale(fields, readerLocale(request, found?.list.locale));
    if (!found || found.list.archivedAt) return this.refuseList(reply, locale);
    const form = readForm(fields, found.list);
    if (form.kind === 'fault') return this.askAgain(reply, locale, found.view, fields, form.fault);
    await this.take({ ...form.request, list: found.list, locale }, fields, networkOf(request.ip));
    return this.thank(reply, locale, found, fields);
  }

  private async take(
    wanted: Omit<SignUpRequest, 'evidence' | 'mayWrite'>,
    fields: SignUpFields,
    network: string,
  ): Promise<void> {
    const isOurs = this.formTime.isOurs(fields.formTime);
    const isProven = !this.proofOfWork.isOn || (await this.proofOfWork.isSolved(fields.proof));
    const mayWrite = await this.caps.count({ network, address: wanted.address, isOurs, isProven });
    const shown = `${boxVersion}, ${wanted.locale}`;
    // No person reaches that field, so whoever filled it in is a program: it is told what all are told.
    if (fields.website !== '') return;
    await this.signUp.run({ ...wanted, evidence: { network, shown }, mayWrite }, await this.clock.recent());
  }

  /** What to look for in the inbox: the same for all, whatever is known of the address. */
  private async thank(reply: FastifyReply, locale: Locale, found: RecentList, fields: SignUpFields): Promise<void> {
    const { list, view } = found;
    const { email, timeZone, sections } = typed(fields);
    const value = { email: blank('email'), timeZone: blank('timeZone'), sections: blank('sections') };
    const page = {
      locale,
      list: view,
      sender: senderOf(list, this.config.MAIL_FROM),
      value,
      pauseMinutes: Math.ceil(this.config.CONFIRMATION_PAUSE / 60),
      again: fields.again !== '',
    };
    return this.pages.filledIn(reply, 'subscribed', page, { email, timeZone, sections: sections.join('\n') });
  }

  private async askAgain(
    reply: FastifyReply,
    locale: Locale,
    list: BoxList,
    fields: SignUpFields,
    fault: FormFault,
  ): Promise<void> {
    const data = { locale, list, error: message(locale, fault), value: typed(fields) };
    return this.pages.html(reply, 'subscribe-error', data, 422);
  }

  private async refuseList(reply: FastifyReply, locale: Locale): Promise<void> {
    const standard = await this.lists.find();
    const [title, detail] = [message(locale, 'error.form.listTitle'), message(locale, 'error.form.list')];
    const list = standard ? { list: standard.view } : {};
    return this.pages.html(reply, 'error', { locale, status: 422, title, detail, ...list }, 422);
  }
}
