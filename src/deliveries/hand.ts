/** The deliveries in hand, and the promises that are kept until they end. None of them may reject. */
export class Hand {
  private readonly held = new Set<string>();
  private readonly waiting: { most: number; wake: () => void }[] = [];

  ids(): string[] {
    return [...this.held];
  }

  add(id: string, work: Promise<void>): void {
    this.held.add(id);
    void work.then(() => this.drop(id));
  }

  /** Resolves once no more than `most` are in hand. */
  async downTo(most: number): Promise<void> {
    if (this.held.size > most) await new Promise<void>((wake) => this.waiting.push({ most, wake }));
  }

  private drop(id: string): void {
    this.held.delete(id);
    const [next] = this.waiting;
    if (next && this.held.size <= next.most) this.waiting.shift()!.wake();
  }
}
