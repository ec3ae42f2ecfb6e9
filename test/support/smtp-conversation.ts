import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { FaultServer } from './fault-server.js';
import type { Phase } from './recipient-fault.js';

const extensions = ['PIPELINING', 'SIZE 10485760', '8BITMIME', 'AUTH PLAIN', 'SMTPUTF8'];

/** The conversation is over: the line is cut, by us or by the other side. */
class Over extends Error {}

/** Speaks SMTP on one line until either side ends it. */
export async function converse(socket: Socket, server: FaultServer): Promise<void> {
  try {
    await new Conversation(socket, server).run();
  } catch (error) {
    if (!(error instanceof Over) && !socket.destroyed) throw error;
  }
}

class Conversation {
  private incoming: Incoming;
  private recipient = '';

  constructor(
    private socket: Socket,
    private readonly server: FaultServer,
  ) {
    this.incoming = new Incoming(socket);
  }

  async run(): Promise<void> {
    await this.answer('greeting', '220 fault.example ESMTP');
    for (;;) {
      const line = (await this.incoming.upTo('\r\n')).toString();
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO' || verb === 'HELO') await this.answer('ehlo', this.greeting());
      else if (verb === 'STAR') await this.startTls();
      else if (verb === 'AUTH') await this.answer('auth', '235 2.7.0 welcome');
      else if (verb === 'MAIL') await this.mail();
      else if (verb === 'RCPT') await this.rcpt(line);
      else if (verb === 'DATA') await this.data();
      else if (verb === 'RSET' || verb === 'NOOP') await this.say('250 2.0.0 ok');
      else if (verb === 'QUIT') return void this.socket.end('221 2.0.0 bye\r\n');
      else await this.say('500 5.5.2 unknown command');
    }
  }

  private greeting(): string {
    const offered = this.server.certificate && !(this.socket instanceof TLSSocket) ? ['STARTTLS'] : [];
    const lines = ['fault.example', ...offered, ...extensions];
    return lines.map((line, index) => `250${index < lines.length - 1 ? '-' : ' '}${line}`).join('\r\n');
  }

  /** RFC 3207: everything said before is forgotten. */
  private async startTls(): Promise<void> {
    if (!this.server.certificate) return this.say('502 5.5.1 not here');
    await this.say('220 2.0.0 go ahead');
    await this.incoming.leave();
    this.socket = new TLSSocket(this.socket, { isServer: true, ...this.server.certificate }).on(
      'error',
      () => undefined,
    );
    this.incoming = new Incoming(this.socket);
  }

  private async mail(): Promise<void> {
    this.recipient = '';
    await this.answer('mail', '250 2.1.0 ok');
  }

  private async rcpt(line: string): Promise<void> {
    const recipient = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (await this.answer('rcpt', '250 2.1.5 ok', recipient)) this.recipient = recipient;
  }

  private async data(): Promise<void> {
    const { recipient } = this;
    if (!recipient) return this.say('503 5.5.1 no recipient');
    if (!(await this.answer('before-354', '354 go on'))) return;
    await this.incoming.some();
    await this.pass('in-body');
    const raw = await this.incoming.letter();
    const instead = await this.pass('at-dot');
    if (instead) return this.say(instead);
    const messageId = /^Message-ID:\s*<([^>]*)>/im.exec(raw.toString('latin1'))?.[1] ?? '';
    this.server.accepted.push({ messageId, recipient, at: new Date(), raw });
    await this.answer('after-dot', '250 2.0.0 accepted');
    await this.pass('after-250');
    this.recipient = '';
  }

  /** Says `well`, unless a fault says something else. @returns whether it went well */
  private async answer(phase: Phase, well: string, recipient = this.recipient): Promise<boolean> {
    const instead = await this.pass(phase, recipient);
    await this.say(instead ?? well);
    return instead === undefined;
  }

  /** @returns what to say instead, if there is such a fault */
  private async pass(phase: Phase, recipient = this.recipient): Promise<string | undefined> {
    const fault = await this.server.at(phase, recipient);
    if (!fault) return undefined;
    if (fault.act === 'reply') return fault.text;
    if (fault.act === 'reset') this.socket.resetAndDestroy();
    else this.socket.destroy();
    throw new Over();
  }

  private async say(text: string): Promise<void> {
    if (this.server.replyDelayMs > 0) await sleep(this.server.replyDelayMs);
    if (this.socket.destroyed) throw new Over();
    this.socket.write(`${text}\r\n`);
    if (!text.startsWith('421')) return;
    this.socket.end();
    throw new Over();
  }
}

/** What has come in, with what was pipelined behind it. */
class Incoming {
  private buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(socket: Socket) {
    this.chunks = socket.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  }

  /** Somebody else reads on from here. */
  async leave(): Promise<void> {
    await this.chunks.return?.();
  }

  /** Waits for the first byte. */
  async some(): Promise<void> {
    if (this.buffer.length === 0) await this.more();
  }

  /** The bytes before `end`, which is taken as well. */
  async upTo(end: string): Promise<Buffer> {
    for (let from = 0; ;) {
      const at = this.buffer.indexOf(end, from);
      if (at >= 0) {
        const taken = this.buffer.subarray(0, at);
        this.buffer = this.buffer.subarray(at + end.length);
        return taken;
      }
      from = Math.max(0, this.buffer.length - end.length);
      await this.more();
    }
  }

  /** A letter up to its final dot, without the dots that were stuffed (RFC 5321 §4.5.2). An empty one is one too. */
  async letter(): Promise<Buffer> {
    this.buffer = Buffer.concat([Buffer.from('\r\n'), this.buffer]);
    const raw = (await this.upTo('\r\n.\r\n')).subarray(2).toString('latin1');
    return Buffer.from(raw.replace(/^\.\./gm, '.') + '\r\n', 'latin1');
  }

  private async more(): Promise<void> {
    const next = await this.chunks.next().catch(() => ({ done: true, value: undefined }));
    if (next.done) throw new Over();
    this.buffer = Buffer.concat([this.buffer, next.value as Buffer]);
  }
}
