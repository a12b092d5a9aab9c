/** A store that cannot be reached is no fault in the mall: whoever asked is told so, and to come again. */
import type { ActionKind } from "../../models/kernel/contract";
import { Refusal } from "../../models/kernel/refusal";
import { unavailable } from "./deciding";
import { reasonOf } from "./wait";

/** The driver's own faults: no connection, none in time, or one that was closed while it was waited for. */
const NAMES = /^(Mongo(Network|ServerSelection|NotConnected|PoolCleared|PoolClosed|WaitQueue)\w*|PoolCleared\w*)$/;
/** What a server says that steps down or ends (MongoDB's error codes 91, 189, 10107, 11600, 11602, 13435, 13436). */
const CODES = [91, 189, 10107, 11600, 11602, 13435, 13436];

export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code } = error as { name: string; code?: unknown };
  return NAMES.test(name) || (name === "MongoServerError" && CODES.includes(Number(code)));
}

function told(kind: ActionKind, error: unknown): Refusal {
  if (kind !== "query") return unavailable(error);
  return new Refusal("STORE_UNAVAILABLE", 503, "The store does not answer; try again soon.", { why: reasonOf(error) });
}

/** @throws STORE_UNAVAILABLE for a store that is away, and whatever else the work throws */
export async function reaching<T>(kind: ActionKind, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isStoreAway(error) ? told(kind, error) : error;
  }
}
