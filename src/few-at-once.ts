/** Works on items in their order, `most` of them at once. Rejects as soon as one fails. */
export async function fewAtOnce<T>(items: T[], most: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: most }, lane));
}
