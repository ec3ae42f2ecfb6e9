const firstMs = 5_000;
const longestMs = 300_000;

/** The rest of a channel that had no session: 5 s, doubling to 5 min. One process's own; all times are `performance.now()`. */
export class ChannelPause {
  private until = 0;
  private lengthMs = 0;
  private reason = '';

  lasts(nowMs: number): boolean {
    return nowMs < this.until;
  }

  get why(): string {
    return this.reason;
  }

  /**
   * @param needsHands nothing but a person can mend it: the longest pause at once
   * @returns whether this is news: the channel had been well, or fails for another reason
   */
  begin(reason: string, needsHands: boolean, nowMs: number): boolean {
    // Sixteen connections that fail together are one failure.
    if (this.lasts(nowMs)) return false;
    const news = reason !== this.reason;
    this.lengthMs = needsHands ? longestMs : Math.min(Math.max(2 * this.lengthMs, firstMs), longestMs);
    this.until = nowMs + this.lengthMs;
    this.reason = reason;
    return news;
  }

  end(): void {
    this.until = 0;
    this.lengthMs = 0;
    this.reason = '';
  }
}
