/** Which indices anybody searches at all: what nobody asks for need not be shown. */
import type { Client } from "@elastic/elasticsearch";

/** True when somebody has searched the index of late, this process or another. Never waits: it may be a look behind. */
export type Audience = (index: string) => boolean;

export interface AudienceOptions {
  readonly client: Client;
  readonly namespace: string;
  /** The engine is asked so often at most. */
  readonly lookEveryMs?: number;
  /** Whoever searched so long ago is taken to be there still. */
  readonly staysMs?: number;
}

const LOOK_EVERY_MS = 2_000;
/** As long as the engine itself goes on for those who have stopped asking (index.search.idle.after). */
const STAYS_MS = 30_000;

type Counted = Readonly<Record<string, number>>;

async function searchesOf({ client, namespace }: AudienceOptions): Promise<Counted> {
  const filter_path = "indices.*.total.search.query_total";
  const found = await client.indices.stats({ index: `${namespace}-*`, metric: "search", filter_path });
  const entries = Object.entries(found.indices ?? {});
  return Object.fromEntries(entries.map(([index, { total }]) => [index, total?.search?.query_total ?? 0]));
}

export function createAudience(options: AudienceOptions): Audience {
  const { lookEveryMs = LOOK_EVERY_MS, staysMs = STAYS_MS } = options;
  const seen = new Map<string, { searches: number; grewAt: number }>();
  let next = -Infinity;

  const keep = (counted: Counted): void => {
    const now = performance.now();
    for (const [index, searches] of Object.entries(counted)) {
      const before = seen.get(index);
      // an engine that began anew counts from nothing: another number is what tells
      if (searches > 0 && before?.searches !== searches) seen.set(index, { searches, grewAt: now });
    }
    for (const index of seen.keys()) if (!(index in counted)) seen.delete(index);
  };
  const done = (): void => void (next = performance.now() + lookEveryMs);

  return (index) => {
    if (performance.now() >= next) {
      next = Infinity; // one at a time
      // an engine that does not answer shows nothing either
      searchesOf(options)
        .then(keep, () => undefined)
        .finally(done);
    }
    return performance.now() - (seen.get(index)?.grewAt ?? -Infinity) < staysMs;
  };
}
