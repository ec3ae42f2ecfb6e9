/** At most a twentieth of the time goes into looks that are slow. */
const restFactor = 20;
const slowLookMs = 20;

/** Looks into a large ledger take longer with each reader. After a slow one this process rests, for each key on its own. */
export class CostlyLooks {
  private readonly looks = new Map<string, { count: number; restUntil: number }>();

  /** @param withoutRest so many are made one by one, however slow the machine is */
  constructor(private readonly withoutRest: number) {}

  /** @returns null while it rests, as if nothing were found */
  async look<T>(key: string, find: () => Promise<T | null>): Promise<T | null> {
    const begun = performance.now();
    const { count, restUntil } = this.looks.get(key) ?? { count: 0, restUntil: 0 };
    if (begun < restUntil) return null;
    const found = await find();
    const tookMs = performance.now() - begun;
    if (this.looks.size > 100) this.looks.clear();
    const rests = tookMs > slowLookMs && count >= this.withoutRest;
    this.looks.set(key, { count: count + 1, restUntil: rests ? performance.now() + restFactor * tookMs : 0 });
    return found;
  }
}
