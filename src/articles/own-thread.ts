import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** A hostile document may find a slow path of a parser; it gets this long. */
export const timeLimitMs = 5_000;
/** What a thread has loaded is given back when nobody has asked for a while. */
const idleMs = 60_000;
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** The work of one thread: questions and answers are plain data. */
export interface Message<T> {
  id: number;
  value: T;
}

/** Asks a parser that runs on a thread of its own, one question after another, so that no document holds up pages or letters. */
export class OwnThread<Question, Answer> {
  private thread: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;
  private id = 0;

  /** @param file the module of the thread, without extension; it must import no file of ours: Node runs it as it stands, from src in tests */
  constructor(
    private readonly file: URL,
    private readonly task: string,
  ) {}

  /** Null when the thread was too slow or died; the next question gets a new one. */
  async ask(question: Question): Promise<Answer | null> {
    const turn = this.last.then(() => this.answerTo(question));
    this.last = turn;
    return turn;
  }

  async end(): Promise<void> {
    clearTimeout(this.idle);
    const thread = this.thread;
    this.thread = null;
    await thread?.terminate();
  }

  private async answerTo(value: Question): Promise<Answer | null> {
    clearTimeout(this.idle);
    const thread = (this.thread ??= this.start());
    const id = ++this.id;
    const answered = waitFor<Answer>(thread, id);
    thread.postMessage({ id, value } satisfies Message<Question>);
    const answer = await answered;
    if (answer === null) await this.end();
    else this.idle = setTimeout(() => void this.end(), idleMs).unref();
    return answer;
  }

  private start(): Worker {
    const thread = new Worker(`${fileURLToPath(this.file)}${extname(import.meta.url)}`, {
      workerData: { task: this.task },
      resourceLimits: memory,
    });
    thread.on('error', () => {}); // one that dies while nobody waits takes only itself down
    thread.once('exit', () => {
      if (this.thread === thread) this.thread = null;
    });
    thread.unref();
    return thread;
  }
}

/** The thread's answer; null when it is too slow or dies. */
async function waitFor<Answer>(thread: Worker, id: number): Promise<Answer | null> {
  const { promise, resolve } = Promise.withResolvers<Answer | null>();
  const answer = (message: Message<Answer>) => message.id === id && resolve(message.value);
  const nothing = () => resolve(null);
  const timer = setTimeout(nothing, timeLimitMs);
  // Not removeAllListeners: a Worker has listeners of its own, without which it hears nothing any more.
  thread.on('message', answer).on('error', nothing).on('exit', nothing);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    thread.off('message', answer).off('error', nothing).off('exit', nothing);
  }
}
