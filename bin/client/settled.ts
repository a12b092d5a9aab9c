/**
 * Waits until what was written can be found. Keeps the tokens of the newest writes and an even sample of all earlier
 * ones (halved whenever it is full), because the read side may take up writes in another order than they were made.
 */
import type { Mall } from "./mall";

const PER_QUERY = 24;
const QUERY_CHARS_MAX = 12_000;
const SAMPLE_MAX = 192;

export interface Tokens {
  add(token: string): void;
  /** For the `Stoa-Token` header, one text per query. */
  batches(): string[];
}

export function createTokens(): Tokens {
  const newest: string[] = [];
  let sample: string[] = [];
  let every = 1;
  let seen = 0;
  return {
    add(token) {
      if (token === "") return;
      newest.push(token);
      if (newest.length > PER_QUERY) newest.shift();
      if (seen++ % every !== 0) return;
      sample.push(token);
      if (sample.length < SAMPLE_MAX) return;
      sample = sample.filter((_token, i) => i % 2 === 0);
      every *= 2;
    },
    batches: () => packed([...new Set([...newest, ...sample])]),
  };
}

function packed(tokens: readonly string[]): string[] {
  const batches: string[][] = [];
  let chars = Infinity;
  for (const token of tokens) {
    const current = batches.at(-1);
    chars += token.length + 1;
    if (current && current.length < PER_QUERY && chars <= QUERY_CHARS_MAX) current.push(token);
    else {
      batches.push([token]);
      chars = token.length + 1;
    }
  }
  return batches.map((batch) => batch.join(","));
}

export interface Found {
  readonly total: number;
  readonly totalRelation: "exact" | "at-least";
}

export interface Waiting {
  readonly mall: Mall;
  readonly tokens: Tokens;
  /** Id of the channel whose products are counted. */
  readonly channelId: string;
  readonly timeoutMs: number;
  readonly now: () => number;
}

/** How many products the channel shows once everything is searchable. @throws Error when that takes too long */
export async function whenSearchable({ mall, tokens, channelId, timeoutMs, now }: Waiting): Promise<Found> {
  const until = now() + timeoutMs;
  const search = { channel: channelId, limit: 1 };
  for (const after of tokens.batches()) {
    while (!(await seen(mall, search, after))) {
      if (now() > until) {
        throw new Error(
          `The mall did not show everything within ${Math.round(timeoutMs / 1_000)} s. ` +
            "All commands were accepted and nothing is lost; " +
            "`stoa status` tells how far behind the read side is.",
        );
      }
    }
  }
  const found = (await mall.query("product.search", search)) as Found;
  return { total: found.total, totalRelation: found.totalRelation };
}

/** One bounded wait of the mall; false when it was not enough. */
async function seen(mall: Mall, search: object, after: string): Promise<boolean> {
  try {
    await mall.query("product.search", search, after);
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("READ_BEHIND")) return false;
    throw error;
  }
}
