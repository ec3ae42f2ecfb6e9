import { isDatabaseAway } from '../api/problem-of.js';

interface Waiting<T> {
  item: T;
  done: () => void;
  failed: (error: unknown) => void;
}

/** Two, so that one is answered and the next gathered while Postgres works on the other. */
const atOnce = 2;
const most = 100;

/**
 * Writes what comes in the same moment together: one statement and one commit for all of it. Nothing waits for others to
 * come; a group is what has gathered while the ones before it were written.
 */
export class Groups<T> {
  private waiting: Waiting<T>[] = [];
  private writing = 0;

  /**
   * @param write all or nothing
   * @param keyOf a group holds no key twice, for one statement cannot change a row twice
   */
  constructor(
    private readonly write: (items: T[]) => Promise<void>,
    private readonly keyOf: (item: T) => string,
  ) {}

  /** Resolves once the item's group is committed. */
  add(item: T): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ item, done, failed });
      this.begin();
    });
  }

  private begin(): void {
    while (this.writing < atOnce && this.waiting.length > 0) void this.finish(this.takeGroup());
  }

  private takeGroup(): Waiting<T>[] {
    const group = new Map<string, Waiting<T>>();
    const left = this.waiting.filter((one) => {
      const key = this.keyOf(one.item);
      if (group.size >= most || group.has(key)) return true;
      group.set(key, one);
      return false;
    });
    this.waiting = left;
    return [...group.values()];
  }

  private async finish(group: Waiting<T>[]): Promise<void> {
    this.writing += 1;
    await this.writeTogether(group);
    this.writing -= 1;
    this.begin();
  }

  /** One that Postgres refuses does not take its neighbours along. */
  private async writeTogether(group: Waiting<T>[]): Promise<void> {
    try {
      await this.write(group.map(({ item }) => item));
      group.forEach(({ done }) => done());
    } catch (error) {
      if (group.length === 1 || isDatabaseAway(error)) group.forEach(({ failed }) => failed(error));
      else for (const one of group) await this.writeTogether([one]);
    }
  }
}
