/** What is in hand: promises that are kept until they end. None of them may reject. */
export class Hand {
  private count = 0;
  private readonly waiting: { most: number; wake: () => void }[] = [];

  add(work: Promise<void>): void {
    this.count += 1;
    void work.then(() => this.drop());
  }

  /** Resolves once no more than `most` are in hand. */
  async downTo(most: number): Promise<void> {
    if (this.count > most) await new Promise<void>((wake) => this.waiting.push({ most, wake }));
  }

  private drop(): void {
    this.count -= 1;
    const [next] = this.waiting;
    if (next && this.count <= next.most) this.waiting.shift()!.wake();
  }
}
