import { createServer, type Socket } from 'node:net';
import { afterAll } from '@jest/globals';
import { freePort } from './ports.js';

/** What the server says instead of 250; undefined: it accepts. */
export type Say = (phase: 'sender' | 'recipient' | 'letter', recipient: string) => string | undefined;

/** A mail server that says what a test wants, and remembers whom it accepted a letter for. */
export class ReplyServer {
  /** recipients, in the order of their final 250 */
  readonly accepted: string[] = [];
  /** recipients, in the order of their RCPT */
  readonly tried: string[] = [];
  say: Say = () => undefined;
  /** the largest letter it takes, in bytes (RFC 1870); null: it does not say */
  size: number | null = null;
  /** how long it thinks before its last word */
  delayMs = 0;
  /** what it says to AUTH */
  auth = '535 5.7.8 nobody is known here';
  /** so many letters it takes in a session, then it says 421 to MAIL; null: any number */
  lettersPerSession: number | null = null;
  /** the most letters that it had in hand at once */
  mostAtOnce = 0;
  private inHand = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => this.serve(socket));

  private constructor(readonly port: number) {}

  static async start(): Promise<ReplyServer> {
    const server = new ReplyServer(await freePort());
    await server.open();
    running.add(server);
    return server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  open(): Promise<void> {
    return new Promise((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  /** Nobody listens any more. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private serve(socket: Socket): void {
    let recipient = '';
    let letters = 0;
    let inLetter = false;
    let buffered = '';
    const write = (line: string) => socket.write(`${line}\r\n`);
    const onLine = (line: string) => {
      if (/^MAIL/i.test(line) && letters === this.lettersPerSession) return void socket.end('421 4.7.0 enough\r\n');
      if (/^RCPT/i.test(line)) {
        recipient = addressIn(line);
        this.tried.push(recipient);
      }
      const reply = this.answer(line, recipient);
      inLetter = reply.startsWith('354');
      write(reply);
    };
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      buffered += bytes.toString('latin1');
      for (;;) {
        const end = inLetter ? '\r\n.\r\n' : '\r\n';
        const at = buffered.indexOf(end);
        if (at < 0) return;
        const text = buffered.slice(0, at);
        buffered = buffered.slice(at + end.length);
        if (!inLetter) onLine(text);
        else {
          inLetter = false;
          letters += 1;
          const to = recipient;
          this.mostAtOnce = Math.max(this.mostAtOnce, ++this.inHand);
          setTimeout(() => write(this.take(to)), this.delayMs);
        }
      }
    });
    write('220 test');
  }

  private take(recipient: string): string {
    this.inHand -= 1;
    const said = this.say('letter', recipient);
    if (!said) this.accepted.push(recipient);
    return said ?? '250 2.0.0 ok';
  }

  private answer(line: string, recipient: string): string {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') return `250-test\r\n${this.size ? `250-SIZE ${this.size}\r\n` : ''}250 AUTH PLAIN`;
    if (verb === 'AUTH') return this.auth;
    if (verb === 'MAIL') return this.say('sender', '') ?? '250 ok';
    if (verb === 'RCPT') return this.say('recipient', recipient) ?? '250 ok';
    if (verb === 'DATA') return recipient ? '354 go on' : '503 no recipient';
    return verb === 'QUIT' ? '221 bye' : '250 ok';
  }
}

const running = new Set<ReplyServer>();
afterAll(async () => {
  for (const server of running) await server.close();
});

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';
