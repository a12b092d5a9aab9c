/**
 * Speaks HTTP to a mall over a bounded pool of kept-alive connections. An import sends tens of thousands of requests
 * from a machine that also runs the mall, so this goes by undici's bare dispatch: no stream and no headers object more
 * than needed, and the body of an answer is kept only when it says something (a query, or a refusal).
 */
import { Pool } from "undici";
import type { HttpRequest } from "./request";

export interface Answer {
  readonly status: number;
  /** Consistency token of a command; empty when there is none. */
  readonly token: string;
  /** From `Retry-After`; null when the mall does not say. */
  readonly retryAfterMs: number | null;
  /** Empty for a command that was accepted. */
  readonly body: string;
}

export interface Ask extends HttpRequest {
  readonly idempotencyKey?: string;
  /** ISO 8601 in UTC. */
  readonly occurredAt?: string;
  /** Consistency tokens joined by commas: the answer must have seen these writes. */
  readonly after?: string;
  /** A command whose answer says more than that it was accepted: it is kept. */
  readonly answered?: boolean;
}

export interface Http {
  readonly url: string;
  /** @throws Error when no answer came: nothing is known of the outcome */
  ask(ask: Ask): Promise<Answer>;
  close(): Promise<void>;
}

export interface HttpOptions {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  readonly token?: string;
  readonly connections: number;
}

const ANSWER_BYTES_MAX = 4 << 20;
const TIMEOUT_MS = 60_000;

const textOf = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(",") : (value ?? "");

/** In seconds, as our gateway gives it; a date is not understood and taken for nothing said. */
function retryAfterMs(value: string): number | null {
  return /^\d{1,5}$/.test(value) ? Number(value) * 1_000 : null;
}

function headersOf(ask: Ask, authorization: string | null): string[] {
  const headers = ["accept", "application/json"];
  if (authorization !== null) headers.push("authorization", authorization);
  if (ask.body !== null) headers.push("content-type", "application/json");
  if (ask.idempotencyKey !== undefined) headers.push("idempotency-key", ask.idempotencyKey);
  if (ask.occurredAt !== undefined) headers.push("occurred-at", ask.occurredAt);
  if (ask.after !== undefined) headers.push("stoa-token", ask.after);
  return headers;
}

function dispatch(pool: Pool, ask: Ask, headers: string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answer: Omit<Answer, "body"> = { status: 0, token: "", retryAfterMs: null };
    let kept: Buffer[] = [];
    let bytes = 0;
    pool.dispatch(
      { method: ask.method, path: ask.path, headers, body: ask.body },
      {
        onRequestStart: () => undefined,
        onResponseStart(_controller, status, found) {
          const after = retryAfterMs(textOf(found["retry-after"]));
          answer = { status, token: textOf(found["stoa-token"]), retryAfterMs: after };
          kept = [];
        },
        onResponseData(controller, chunk) {
          if (ask.method !== "GET" && ask.answered !== true && answer.status < 300) return;
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES_MAX) controller.abort(new Error("The answer is larger than 4 MiB"));
          else kept.push(chunk);
        },
        onResponseEnd: () => resolve({ ...answer, body: kept.length === 0 ? "" : Buffer.concat(kept).toString() }),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

export function openHttp({ url, token, connections }: HttpOptions): Http {
  const pool = new Pool(url, {
    connections,
    pipelining: 1,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connect: { timeout: 10_000 },
  });
  const authorization = token === undefined ? null : `Bearer ${token}`;
  return {
    url,
    ask: (ask) => dispatch(pool, ask, headersOf(ask, authorization)),
    // an answer that never comes must not hold up the end
    close: () => pool.destroy(),
  };
}
