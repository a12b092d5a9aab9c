/**
 * Searches that are asked for within one turn travel as one request: a board asks seven of them, several boards are
 * built at once, and what a request costs beside its search is more than the search. One that fails, fails alone.
 */
import type { Client, estypes } from "@elastic/elasticsearch";
import { answerOf, asking } from "./client";

export interface Searched {
  readonly index: string;
  readonly query: estypes.QueryDslQueryContainer;
  readonly sort: estypes.Sort;
  readonly size: number;
  readonly version?: true;
  readonly _source: false | { readonly includes: string[] };
}

/** The hits: of what the engine answers, nothing else is asked for. @throws SEARCH_UNAVAILABLE */
export type Searching = <T = unknown>(search: Searched) => Promise<readonly estypes.SearchHit<T>[]>;

interface Waiting {
  readonly search: Searched;
  readonly resolve: (hits: readonly estypes.SearchHit[]) => void;
  readonly reject: (error: unknown) => void;
}

/** More go in several requests. */
const AT_ONCE_MAX = 64;
const WANTED = ["_id", "_version", "_source", "sort"].map((field) => `responses.hits.hits.${field}`);
const FILTER_PATH = ["responses.status", "responses.error", ...WANTED];

async function send(client: Client, batch: readonly Waiting[]): Promise<void> {
  const searches = batch.flatMap(({ search: { index, ...body } }) => [{ index }, { ...body, track_total_hits: false }]);
  try {
    const { responses } = await asking("find what is looked at", () =>
      client.msearch({ searches, filter_path: FILTER_PATH }),
    );
    batch.forEach(({ resolve, reject }, i) => {
      try {
        // what found nothing is left out of the answer
        const { hits } = answerOf<unknown>(responses[i]) as Partial<estypes.SearchResponse>;
        resolve(hits?.hits ?? []);
      } catch (error) {
        reject(error);
      }
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/** @param later does what it is given when no more is to be expected */
export function createSearching(client: Client, later: (work: () => void) => unknown = setImmediate): Searching {
  let waiting: Waiting[] = [];
  const sendAll = (): void => {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += AT_ONCE_MAX) void send(client, all.slice(at, at + AT_ONCE_MAX));
  };
  return <T>(search: Searched) =>
    new Promise<readonly estypes.SearchHit<T>[]>((resolve, reject) => {
      if (waiting.length === 0) later(sendAll);
      waiting.push({ search, resolve: resolve as Waiting["resolve"], reject });
    });
}
