/**
 * What must be stopped, in the reverse order of its start. Each stop has its time; what does not stop in time is named
 * and left behind, because its pipe ends it with this process anyway.
 */
export interface Closers {
  add(name: string, stop: () => Promise<void>, withinMs: number): void;
  /** Stops everything; never rejects. The same promise however often it is asked. */
  all(): Promise<void>;
}

interface Closer {
  readonly name: string;
  readonly stop: () => Promise<void>;
  readonly withinMs: number;
}

async function bounded({ name, stop, withinMs }: Closer, say: (line: string) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, withinMs, "late");
  });
  try {
    if ((await Promise.race([stop(), late])) === "late") say(`${name} did not stop within ${withinMs / 1_000} s`);
  } catch (error) {
    say(`${name} did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

export function createClosers(say: (line: string) => void): Closers {
  const closers: Closer[] = [];
  let closing: Promise<void> | null = null;
  const closeAll = async (): Promise<void> => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await bounded(closer, say);
  };
  return {
    add: (name, stop, withinMs) => closers.push({ name, stop, withinMs }),
    all: () => (closing ??= closeAll()),
  };
}
