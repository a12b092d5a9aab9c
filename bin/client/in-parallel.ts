/**
 * Works through a sequence with a bounded number of things in hand. The sequence is asked for the next thing only when
 * a hand is free, so nothing piles up. The first error ends it: nothing new is begun, what is in hand is waited for.
 */
export async function inParallel<T>(
  things: AsyncIterable<T> | Iterable<T>,
  handsMax: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const iterator = Symbol.asyncIterator in things ? things[Symbol.asyncIterator]() : things[Symbol.iterator]();
  const failures: unknown[] = [];
  const hand = async (): Promise<void> => {
    while (failures.length === 0) {
      const next = await iterator.next();
      if (next.done) return;
      await work(next.value);
    }
  };
  const careful = (): Promise<void> =>
    hand().catch((error: unknown) => {
      failures.push(error);
    });
  await Promise.all(Array.from({ length: handsMax }, careful));
  // lets the sequence put away what it reads from
  await iterator.return?.();
  if (failures.length > 0) throw failures[0];
}
