export default async function teardown() {
  await globalThis.endJourneys?.();
}
