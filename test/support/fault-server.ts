import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from '@jest/globals';
import { faultOf, type Fault, type Phase } from './recipient-fault.js';
import { converse } from './smtp-conversation.js';

/** A letter that the server has taken; the list of them is the history that the ledger is held against. */
export interface AcceptedLetter {
  messageId: string;
  recipient: string;
  at: Date;
  raw: Buffer;
}

/** A point of a conversation at which the server waits for the test. */
export interface Gate {
  /** the recipient who has come there first */
  reached: Promise<string>;
  release(): void;
}

interface StandingGate {
  phase: Phase;
  recipient: RegExp;
  reach: (recipient: string) => void;
  released: Promise<void>;
}

/** An SMTP server (RFC 5321; PIPELINING, SIZE, 8BITMIME, SMTPUTF8, AUTH with any password, STARTTLS) that fails as the recipient's name or the test says. */
export class FaultServer {
  readonly accepted: AcceptedLetter[] = [];
  /** before every reply */
  replyDelayMs = 0;
  stallMs = 8_000;
  /** With one it offers STARTTLS. */
  certificate?: { key: string; cert: string };
  port = 0;
  private server?: Server;
  private readonly sockets = new Set<Socket>();
  private readonly met = new Map<string, number>();
  private readonly gates = new Set<StandingGate>();
  private readonly standing = new Map<Phase, { fault: Fault; left: number }>();

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Listens, again on the same port after `down`. */
  async up(): Promise<void> {
    this.server = createServer((socket) => {
      this.sockets.add(socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined));
      void converse(socket, this);
    }).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Refuses connections and cuts those it has. */
  down(): void {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
  }

  /** Everybody meets the fault at that point, the next `times` of them (all); null ends it. */
  misbehave(phase: Phase, fault: Fault | null, times = Infinity): void {
    if (fault) this.standing.set(phase, { fault, left: times });
    else this.standing.delete(phase);
  }

  /** Holds whoever comes to that point until the gate is released. */
  hold(phase: Phase, recipient = /./): Gate {
    const reached = Promise.withResolvers<string>();
    const released = Promise.withResolvers<void>();
    const gate = { phase, recipient, reach: reached.resolve, released: released.promise };
    this.gates.add(gate);
    return {
      reached: reached.promise,
      release: () => {
        this.gates.delete(gate);
        released.resolve();
      },
    };
  }

  /** What happens at this point of a conversation; undefined: it goes on. */
  async at(phase: Phase, recipient: string): Promise<Fault | undefined> {
    for (const gate of this.gates) {
      if (gate.phase !== phase || !gate.recipient.test(recipient)) continue;
      gate.reach(recipient);
      await gate.released;
    }
    const fault = this.standingAt(phase) ?? this.recipientFault(phase, recipient);
    if (fault?.act !== 'stall') return fault;
    await sleep(this.stallMs);
    return undefined;
  }

  private standingAt(phase: Phase): Fault | undefined {
    const standing = this.standing.get(phase);
    if (!standing || standing.left <= 0) return undefined;
    standing.left -= 1;
    return standing.fault;
  }

  private recipientFault(phase: Phase, recipient: string): Fault | undefined {
    const met = this.met.get(recipient) ?? 0;
    const fault = faultOf(recipient, phase, met);
    if (fault) this.met.set(recipient, met + 1);
    return fault;
  }
}

/** Starts one on a free port; it ends with the test file at the latest. */
export async function startFaultServer(): Promise<FaultServer> {
  const server = new FaultServer();
  running.add(server);
  await server.up();
  return server;
}

const running = new Set<FaultServer>();

afterAll(() => {
  for (const server of running) server.down();
});
