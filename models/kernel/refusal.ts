/**
 * A refusal is an expected no: the caller asked for something that the rules do not allow now. Everything else
 * that is thrown is an error. Refusals are told apart by `type`, never by class: an error that has crossed from
 * one node to another is a plain object again.
 */

/** The kernel's own refusals and their HTTP status. Commerce adds its list in `models/refusals.ts`. */
export const kernelRefusals = {
  VALIDATION_FAILED: 400,
  TOKEN_INVALID: 400,
  CURSOR_INVALID: 400,
  MOMENT_AHEAD: 400,
  HISTORY_RANGE_WIDE: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  SECOND_PERSON: 403,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  CLAIM_TAKEN: 409,
  RESTORE_NOT_ALLOWED: 409,
  WRITES_CONTENDED: 409,
  CURRENCY_MISMATCH: 409,
  DECISION_UNREPEATABLE: 409,
  SUBJECT_ERASED: 410,
  VERSION_MISMATCH: 412,
  STATE_TOO_LARGE: 413,
  IDEMPOTENCY_KEY_REUSED: 422,
  MAILBOX_FULL: 429,
  ATTEMPTS_EXCEEDED: 429,
  CLOCK_AHEAD: 503,
  STORE_UNAVAILABLE: 503,
  SEARCH_UNAVAILABLE: 503,
  READ_BEHIND: 503,
  LIVE_FULL: 503,
} as const;

export type KernelRefusalType = keyof typeof kernelRefusals;

export class Refusal extends Error {
  override readonly name = "Refusal";
  /** Read by Moleculer: a refusal is an answer, so asking again would only repeat it. */
  readonly retryable = false;

  constructor(
    readonly type: string,
    /** HTTP status; Moleculer carries it between nodes under this name. */
    readonly code: number,
    message: string,
    readonly data: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export type Refuse<T extends string> = (type: T, detail: string, data?: Record<string, unknown>) => never;

/** Makes the function by which code throws a refusal of its list: `refuse("NOT_FOUND", "There is no …", { id })`. */
export function refuser<T extends string>(list: Readonly<Record<T, number>>): Refuse<T> {
  return (type, detail, data) => {
    throw new Refusal(type, list[type], detail, data);
  };
}

export const refuseKernel: Refuse<KernelRefusalType> = refuser(kernelRefusals);

/** True for a refusal, also for one that came from another node; with `type`, only for that one. */
export function isRefusal(error: unknown, type?: string): error is Refusal {
  if (typeof error !== "object" || error === null) return false;
  const { type: found, code } = error as { type?: unknown; code?: unknown };
  if (typeof found !== "string" || typeof code !== "number" || code < 400 || code > 599) return false;
  return type === undefined ? /^[A-Z][A-Z0-9_]+$/.test(found) : found === type;
}
