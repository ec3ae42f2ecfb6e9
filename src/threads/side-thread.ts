import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** A hostile document may find a slow path of a parser; it gets this much CPU time. */
export const timeLimitMs = 5_000;
/** On a busy machine the clock may show this many times as much. */
const patience = 10;
/** Node strips types, and reads our specifiers (.js) as they stand; in tests they mean the .ts beside. */
const forTypeScript = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve(specifier, context, next) {
      const ours = /^[.]{1,2}[/].*[.]js$/.test(specifier) && !context.parentURL.includes('/node_modules/');
      return next(ours ? specifier.replace(/js$/, 'ts') : specifier, context);
    },
  });`)}`;
/** What a thread has loaded is given back when nobody has asked for a while. */
const idleMs = 60_000;
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** The work of one thread: questions and answers are plain data. */
export interface Message<T> {
  id: number;
  value: T;
}

/** Asks a module that runs beside the main thread, one question after another, so that no document holds up pages or letters. */
export class SideThread<Question, Answer> {
  private thread: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;
  private id = 0;

  /**
   * @param file the module of the thread, without extension; it and what it imports hold only types that can be stripped
   * @param task tells the module that it is a thread (`workerData.task`), and which
   * @param limitMs CPU time for one question, with what it takes to load the module the first time
   */
  constructor(
    private readonly file: URL,
    private readonly task: string,
    private readonly limitMs = timeLimitMs,
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
    const answered = waitFor<Answer>(thread, id, this.limitMs);
    thread.postMessage({ id, value } satisfies Message<Question>);
    const answer = await answered;
    if (answer === null) await this.end();
    else this.idle = setTimeout(() => void this.end(), idleMs).unref();
    return answer;
  }

  private start(): Worker {
    const extension = extname(import.meta.url);
    const thread = new Worker(`${fileURLToPath(this.file)}${extension}`, {
      workerData: { task: this.task },
      execArgv: extension === '.ts' ? ['--import', forTypeScript] : [],
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
async function waitFor<Answer>(thread: Worker, id: number, limitMs: number): Promise<Answer | null> {
  const { promise, resolve } = Promise.withResolvers<Answer | null>();
  const answer = (message: Message<Answer>) => message.id === id && resolve(message.value);
  const nothing = () => resolve(null);
  const watch = watchTime(thread, limitMs, nothing);
  // Not removeAllListeners: a Worker has listeners of its own, without which it hears nothing any more.
  thread.on('message', answer).on('error', nothing).on('exit', nothing);
  try {
    return await promise;
  } finally {
    clearInterval(watch);
    thread.off('message', answer).off('error', nothing).off('exit', nothing);
  }
}

/** Calls `end` once the thread has used its CPU time since now, or `patience` times as long has passed. */
function watchTime(thread: Worker, limitMs: number, end: () => void): NodeJS.Timeout {
  const began = thread.cpuUsage().catch(() => undefined);
  let looks = 0;
  const look = async () => {
    looks += 1;
    if (looks >= patience) return end();
    const used = await thread.cpuUsage(await began).catch(() => undefined);
    if (used && (used.user + used.system) / 1000 >= limitMs * 0.9) end();
  };
  return setInterval(() => void look(), limitMs);
}
