/**
 * Every failure leaves as an RFC 9457 problem. A refusal is told by its type, with what it says of itself; a failure
 * that is nobody's refusal leaves as an id and nothing else, and stands in the log under that id.
 */
import { isRefusal, refuser, type Refusal, type Refuse } from "../../models/kernel/refusal";
import { refusals } from "../../models/refusals";

/** What only the gateway refuses: things that went wrong before or around the call of an action. */
export const gatewayRefusals = {
  REQUEST_INVALID: 400,
  BODY_INVALID: 400,
  QUERY_INVALID: 400,
  HEADER_INVALID: 400,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_SLOW: 408,
  JOB_FILES_FULL: 409,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  FILE_INVALID: 422,
  FILE_INFECTED: 422,
  RATE_LIMITED: 429,
  HEADERS_TOO_LARGE: 431,
  SERVICE_UNAVAILABLE: 503,
  SERVICE_TIMEOUT: 504,
} as const;

export type GatewayRefusalType = keyof typeof gatewayRefusals;

export const refuseHere: Refuse<GatewayRefusalType> = refuser(gatewayRefusals);

/** Every type that a problem can have, and its HTTP status. */
export const problemStatuses: Readonly<Record<string, number>> = { ...refusals, ...gatewayRefusals };

export const PROBLEM_TYPE = "application/problem+json";

export interface Problem {
  /** `urn:stoa:refusal:VALIDATION_FAILED` */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly [member: string]: unknown;
}

interface Told {
  readonly type: string;
  readonly detail: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const UNAVAILABLE = {
  type: "SERVICE_UNAVAILABLE",
  detail: "This part of the mall is not running now: try again soon.",
};
const SLOW = { type: "SERVICE_TIMEOUT", detail: "The answer took too long; whether it was done is not known." };

/** How Moleculer says that a call did not reach anybody, or came back too late. */
const undelivered: Readonly<Record<string, Told>> = {
  SERVICE_NOT_FOUND: UNAVAILABLE,
  SERVICE_NOT_AVAILABLE: UNAVAILABLE,
  REQUEST_REJECTED: UNAVAILABLE,
  BAD_GATEWAY: UNAVAILABLE,
  QUEUE_FULL: UNAVAILABLE,
  REQUEST_TIMEOUT: SLOW,
  REQUEST_SKIPPED: SLOW,
};

const tooLarge = { type: "BODY_TOO_LARGE", detail: "The body is larger than 1 MiB, or a file larger than 10 MiB." };
const mediaType = { type: "MEDIA_TYPE_UNSUPPORTED", detail: 'A body must have the content type "application/json".' };

const fromFastify: Readonly<Record<string, Told>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: tooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: mediaType,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { type: "BODY_INVALID", detail: "The body is not as long as it was said to be." },
  FST_ERR_BAD_URL: { type: "REQUEST_INVALID", detail: "The path is not a valid URL: check its percent signs." },
};

function toldByRefusal({ type, message, data }: Refusal): Told | undefined {
  if (Object.hasOwn(undelivered, type)) return undelivered[type];
  return Object.hasOwn(problemStatuses, type) ? { type, detail: message, data } : undefined;
}

function toldByFastify(error: unknown): Told | undefined {
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const known = typeof code === "string" ? fromFastify[code] : undefined;
  if (known || typeof statusCode !== "number" || statusCode < 400 || statusCode > 499) return known;
  return { type: "REQUEST_INVALID", detail: "The request could not be read." };
}

/** What the caller may know of a failure; undefined when that is nothing. */
const told = (error: unknown): Told | undefined => (isRefusal(error) ? toldByRefusal(error) : toldByFastify(error));

/** `VALIDATION_FAILED` → `Validation failed` */
const titleOf = (type: string): string => {
  const words = type.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The problem to answer with, and whether it must be looked into: then the error belongs into the log. */
export function problemOf(error: unknown, requestId: string): { problem: Problem; unexpected: boolean } {
  const known = told(error);
  if (!known) {
    const detail = `Something went wrong on our side. It is in the log under the request id ${requestId}.`;
    const type = "urn:stoa:error:INTERNAL";
    return { problem: { type, title: "Internal error", status: 500, detail, requestId }, unexpected: true };
  }
  const { type, detail, data } = known;
  const status = problemStatuses[type] ?? 500;
  const problem = { ...data, type: `urn:stoa:refusal:${type}`, title: titleOf(type), status, detail, requestId };
  return { problem, unexpected: false };
}

const RETRY_SECONDS = "1";

/** The headers that belong to a problem: when to come again, and how to say who one is. */
export function problemHeaders({ status }: Problem): Readonly<Record<string, string>> {
  if (status === 401) return { "www-authenticate": 'Bearer realm="stoa"' };
  return status === 429 || status === 503 ? { "retry-after": RETRY_SECONDS } : {};
}
