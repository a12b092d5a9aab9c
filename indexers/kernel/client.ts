/**
 * The connection to the search engine, and what its failures mean. An engine that cannot be reached or is overloaded
 * is told apart from one that says no: the first is worth waiting for, the second never gets better by itself.
 */
import { Client, errors, type estypes } from "@elastic/elasticsearch";
import { refuseKernel } from "../../models/kernel/refusal";

const REQUEST_TIMEOUT_MS = 30_000;
const OVERLOADED = [429, 502, 503, 504];

export const createSearchClient = (url: string): Client =>
  new Client({ node: url, requestTimeout: REQUEST_TIMEOUT_MS, maxRetries: 1 });

/** The whole engine fails, not one document: the same batch may succeed later. */
export class SearchUnavailable extends Error {
  override readonly name = "SearchUnavailable";
  readonly type = "SEARCH_UNAVAILABLE";
  readonly code = 503;
  readonly retryable = true;
}

export const isOverloaded = (status: number): boolean => OVERLOADED.includes(status);

/** True when the engine could not be asked, or could not answer for now. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof errors.ResponseError) return isOverloaded(error.statusCode ?? 0);
  return [errors.ConnectionError, errors.TimeoutError, errors.NoLivingConnectionsError].some(
    (kind) => error instanceof kind,
  );
}

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof errors.ResponseError && error.statusCode === status;

/** The document of an answer that asked for one. @throws SEARCH_UNAVAILABLE when the index is missing or unreadable */
export function soleDocument<T>(docs: readonly estypes.MgetResponseItem<T>[]): T | undefined {
  const [doc] = docs;
  if (doc && "error" in doc) {
    refuseKernel("SEARCH_UNAVAILABLE", "The search engine has no such index yet, or cannot read it; try again later.", {
      reason: doc.error.reason ?? doc.error.type,
    });
  }
  return doc && "found" in doc ? doc._source : undefined;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);

/** Runs a write or a read of the indexer. @throws SearchUnavailable (retryable) when the engine cannot answer */
export async function reaching<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    throw new SearchUnavailable(`The search engine cannot ${what} now: ${wordsOf(error)}`, { cause: error });
  }
}

/** Runs a query of a caller. @throws SEARCH_UNAVAILABLE */
export async function asking<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isUnavailable(error) || isStatus(error, 404)) {
      refuseKernel("SEARCH_UNAVAILABLE", `The search engine cannot ${what} now; try again in a moment.`, {
        reason: wordsOf(error),
      });
    }
    throw error;
  }
}

type OneOfSearches = estypes.MsearchMultiSearchItem | estypes.ErrorResponseBase;

function reasonIn(error: estypes.ErrorResponseBase["error"] | undefined): string {
  if (error === undefined) return "it gave no answer to it";
  return typeof error === "string" ? error : (error.reason ?? error.type);
}

/**
 * The answer to one of several searches that were sent as one request.
 * @throws SEARCH_UNAVAILABLE when the engine answered it with an error of its own making
 */
export function answerOf<T>(response: OneOfSearches | undefined): estypes.SearchResponse<T> {
  if (response && !("error" in response)) return response as estypes.SearchResponse<T>;
  const status = response?.status ?? 0;
  const reason = reasonIn(response?.error);
  if (isOverloaded(status) || status === 404) {
    refuseKernel("SEARCH_UNAVAILABLE", "The search engine cannot answer now; try again in a moment.", { reason });
  }
  throw new Error(`The search engine refused a search (${status}): ${reason}`);
}

/** The answers to two searches that were sent as one request, in order. @throws SEARCH_UNAVAILABLE */
export function partsOfSearches<A, B>(answer: {
  readonly responses: readonly OneOfSearches[];
}): [estypes.SearchResponse<A>, estypes.SearchResponse<B>] {
  const [first, second] = answer.responses;
  return [answerOf<A>(first), answerOf<B>(second)];
}
