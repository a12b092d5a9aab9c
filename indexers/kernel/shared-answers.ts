/**
 * One answer for all who ask the same while nothing has changed: a search that is asked a second time within a moment
 * is kept, and given to whoever asks it again, as long as the index shows what it showed before that answer was
 * asked for. What the index shows changes at its refreshes alone, and the engine counts them: that count is looked at
 * again after `lookMs`, so that an answer is older by no more than that than one of the engine's own. Whoever brings a
 * token asks the engine, always. What is asked once costs nothing here.
 */
import type { Client } from "@elastic/elasticsearch";
import { LRUCache } from "lru-cache";
import { createHash } from "node:crypto";

export interface SharedOptions {
  readonly client: Client;
  readonly index: string;
  /** For so long a look at the engine's count is believed. */
  readonly lookMs?: number;
  /** Milliseconds that only ever grow. */
  readonly now?: () => number;
}

/** Gives what is known of the question, which says all that the answer rests on, else what `ask` finds; frozen. */
export type Shared = <T extends object>(question: object, ask: () => Promise<T>) => Promise<T>;

const LOOK_MS = 50;
/** Of each about 50 KiB as text. */
const ANSWERS_MAX = 64;
/** An index that nobody searches is not refreshed either: somebody asks it, however many share the answer. */
const SHARED_MS = 1_000;
const KEYS_MAX = 2_000;
/** Who asks the same within this is the second one. */
const AGAIN_MS = 5_000;

interface Kept {
  readonly shown: string;
  readonly answer: Promise<object>;
}

interface Look {
  readonly at: number;
  /** What the index shows, by the count of its refreshes; null where the engine does not say. */
  readonly shown: string | null;
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

async function shownBy(client: Client, index: string): Promise<string | null> {
  const filter_path = "indices.*.total.refresh.external_total";
  const { indices } = await client.indices.stats({ index, metric: "refresh", filter_path });
  return indices === undefined ? null : JSON.stringify(indices);
}

export function createShared(options: SharedOptions): Shared {
  const { client, index, lookMs = LOOK_MS, now = () => performance.now() } = options;
  const seen = new LRUCache<string, true>({ max: KEYS_MAX, ttl: AGAIN_MS });
  const kept = new LRUCache<string, Kept>({ max: ANSWERS_MAX, ttl: SHARED_MS });
  let last: Look = { at: -Infinity, shown: null };
  let looking: Promise<Look> | null = null;

  async function look(): Promise<Look> {
    if (now() - last.at < lookMs) return last;
    const at = now();
    looking ??= shownBy(client, index)
      .catch(() => null)
      .then((shown) => (last = { at, shown }))
      .finally(() => (looking = null));
    return looking;
  }

  return async <T extends object>(question: object, ask: () => Promise<T>): Promise<T> => {
    const key = createHash("sha256").update(JSON.stringify(question)).digest("base64");
    if (!seen.has(key)) {
      seen.set(key, true);
      return ask();
    }
    seen.set(key, true);
    // before it is asked: the answer is at least as new as that
    const { shown } = await look();
    if (shown === null) return ask();
    const known = kept.get(key);
    if (known?.shown === shown) return known.answer as Promise<T>;
    const answer = ask().then(frozen);
    kept.set(key, { shown, answer });
    answer.catch(() => kept.delete(key));
    return answer;
  };
}
