/**
 * Reads a batch so that one commit that cannot be read harms no other: a batch that fails is tried again, then
 * halved until the offender stands alone, which is parked after some attempts. A target that is down as a whole
 * (the search engine, the database) is no fault of any commit: then everything waits, and nothing is parked.
 */
import type { Commit } from "../../models/kernel/row";
import type { Reader } from "./delivery";
import { backoffMs, reasonOf, wait } from "./wait";

export interface Isolation {
  /** Attempts with a single commit before it is parked. */
  readonly attemptsMax: number;
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
  readonly signal: AbortSignal;
  readonly park: (commit: Commit, reason: string, attempts: number) => Promise<void>;
  /** Told at each failure of the target as a whole. */
  readonly onTargetDown: (reason: string) => void;
}

/** A batch is tried this often before it is halved. */
const BATCH_ATTEMPTS = 2;
const DOWN_STATUS = [408, 429, 502, 503, 504];
const DOWN_CODE = /^(ECONN\w+|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
const DOWN_NAME =
  /^(Mongo(Network|ServerSelection|NotConnected|PoolCleared)\w*|ConnectionError|TimeoutError|NoLivingConnectionsError)$/;

/** Thrown when reading ends because the process stops: what was not read comes again. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** True for a failure of the target as a whole: `code` or `statusCode` 503, `retryable: true`, a lost connection. */
export function targetDown(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, statusCode, retryable, name } = error as Record<string, unknown>;
  if (retryable === true) return true;
  if ([code, statusCode].some((status) => DOWN_STATUS.includes(Number(status)))) return true;
  return (typeof code === "string" && DOWN_CODE.test(code)) || (typeof name === "string" && DOWN_NAME.test(name));
}

/**
 * Resolves when every commit was read or parked.
 * @throws Interrupted when the signal is aborted before
 */
export async function isolate(reader: Pick<Reader, "read">, commits: readonly Commit[], how: Isolation): Promise<void> {
  const attemptsMax = commits.length === 1 ? how.attemptsMax : BATCH_ATTEMPTS;
  let reason = "";
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    if (attempt > 0) await wait(backoffMs(attempt - 1, how.backoffFirstMs, how.backoffMaxMs), how.signal);
    try {
      await whileDown(() => reader.read(commits), how);
      return;
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      reason = reasonOf(error);
    }
  }
  const [only] = commits;
  if (commits.length === 1 && only) {
    await whileDown(() => how.park(only, reason, attemptsMax), how, true);
    return;
  }
  const middle = Math.ceil(commits.length / 2);
  await isolate(reader, commits.slice(0, middle), how);
  await isolate(reader, commits.slice(middle), how);
}

/**
 * Tries again for as long as the target is down; with `always`, whatever the failure.
 * @throws Interrupted when the signal is aborted
 */
export async function whileDown(work: () => Promise<void>, how: Isolation, always = false): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    if (how.signal.aborted) throw new Interrupted("reading was interrupted");
    try {
      await work();
      return;
    } catch (error) {
      if (!always && !targetDown(error)) throw error;
      how.onTargetDown(reasonOf(error));
      await wait(backoffMs(attempt, how.backoffFirstMs, how.backoffMaxMs), how.signal);
    }
  }
}
