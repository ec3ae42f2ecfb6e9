/** Letters that must be taken before one more connection is tried. */
const lettersForOne = 50;

/** How many connections at once the relay bears: half as many each time it asks us to slow down, then one more at a time. */
export class ConnectionLimit {
  private current: number;
  private taken = 0;

  constructor(private readonly most: number) {
    this.current = most;
  }

  get connections(): number {
    return this.current;
  }

  halve(): void {
    this.current = Math.max(1, Math.floor(this.current / 2));
    this.taken = 0;
  }

  /** A letter was taken. */
  recover(): void {
    if (this.current === this.most || ++this.taken < lettersForOne) return;
    this.current += 1;
    this.taken = 0;
  }
}
