/** What has been started, and how each is stopped; the last started goes first. */
export class Stops {
  private readonly stops: (() => Promise<unknown>)[] = [];
  begun = false;

  /** Takes note of something that starts. A stop in the middle of the start waits for it, so that nothing is left running. */
  async starting<T>(start: Promise<T>, stop: (started: T) => Promise<unknown>): Promise<T> {
    this.stops.push(() => start.then(stop, () => undefined));
    return start;
  }

  /** Stops everything. A stop that fails is told and does not keep the others from theirs. */
  async run(): Promise<void> {
    this.begun = true;
    for (const stop of this.stops.splice(0).reverse()) {
      await stop().catch((error: unknown) => console.error(`While stopping: ${String(error)}`));
    }
  }
}
