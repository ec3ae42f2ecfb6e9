import { setTimeout as wait } from 'node:timers/promises';
import { isOpened } from './guarded-connector.js';

/**
 * One request at a time to each host, with a pause after each, so that no newspaper feels us. Hosts that the operator has
 * opened (ALLOW_PRIVATE_HOSTS) are his own and get no pause. It holds within this process.
 */
export class HostTurns {
  private readonly last = new Map<string, Promise<void>>();

  constructor(private readonly pauseMs: number) {}

  /** Runs `ask` when the host of `address` is free. */
  async take<T>(address: string, allowHosts: readonly string[], ask: () => Promise<T>): Promise<T> {
    const url = URL.parse(address);
    if (!url) return ask();
    const turn = (this.last.get(url.host) ?? Promise.resolve()).then(ask);
    const pause = () => (isOpened(url, allowHosts) ? undefined : wait(this.pauseMs, undefined, { ref: false }));
    const over = turn.then(pause, pause);
    this.last.set(url.host, over);
    void over.then(() => this.last.get(url.host) === over && this.last.delete(url.host));
    return turn;
  }
}
