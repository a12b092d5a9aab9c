/** Goes on beside what follows: whoever waits for it later is told of its fault, and until then nobody is. */
export function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
