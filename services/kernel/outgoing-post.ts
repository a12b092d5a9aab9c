/**
 * One POST to an address that somebody else named: to public addresses only (public-address.ts), within a time, no
 * redirect followed, and no more of the answer read than is kept. How it went is an outcome, never an exception.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import type { Reach } from "./public-address";

export interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Posted {
  /** Of HTTP; null: nothing was answered. */
  readonly status: number | null;
  readonly ms: number;
  /** Why nothing was answered, as a code. */
  readonly reason: string | null;
  /** The beginning of the answer. */
  readonly answer: string | null;
  /** What it asked to wait, in seconds. */
  readonly retryAfter: number | null;
}

export interface PostLimits {
  /** Until the answer's head is there and as much of its body as is kept. */
  readonly withinMs: number;
  readonly answerMax: number;
}

export interface Poster {
  /** Never rejects. */
  post(posting: Posting): Promise<Posted>;
  close(): void;
}

export const POST_LIMITS: PostLimits = { withinMs: 15_000, answerMax: 1_000 };

const OPEN_MAX = 256;
const IDLE_MS = 20_000;
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && CODE.test(code) ? code : "ERROR";
}

/** An address needs no look-up, so it is judged here. */
function refusedAddress({ allows, inClear }: Reach, { hostname, protocol }: URL): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare) === 0) return false;
  return !(protocol === "https:" ? allows(bare) : inClear(bare));
}

/** Bytes that are no text, and what a store cannot keep, are left out. */
const textOf = (chunks: readonly Buffer[], max: number): string =>
  new TextDecoder().decode(Buffer.concat(chunks).subarray(0, max)).replace(/[\u0000-\u0008\u000b-\u001f\ufffd]/g, "");

function readSome(response: IncomingMessage, max: number, done: (answer: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const end = (): void => done(textOf(chunks, max));
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    // the rest is of no interest, however long it is
    if (size >= max) {
      end();
      response.destroy();
    }
  });
  response.once("end", end);
  response.once("close", end);
  response.once("error", end);
}

function retryAfterOf({ headers }: IncomingMessage): number | null {
  const seconds = Number(headers["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

export function createPoster(reach: Reach, limits: PostLimits = POST_LIMITS): Poster {
  const keeping = { keepAlive: true, maxTotalSockets: OPEN_MAX, maxFreeSockets: OPEN_MAX, timeout: IDLE_MS };
  const agents = { "http:": new HttpAgent(keeping), "https:": new HttpsAgent(keeping) };
  const began = (): (() => number) => {
    const from = performance.now();
    return () => Math.round(performance.now() - from);
  };
  return {
    post({ url, headers, body }) {
      const ms = began();
      const target = new URL(url);
      const none = (reason: string): Posted => ({ status: null, ms: ms(), reason, answer: null, retryAfter: null });
      if (refusedAddress(reach, target)) return Promise.resolve(none("ADDRESS_REFUSED"));
      const clear = target.protocol !== "https:";
      const options: RequestOptions = {
        method: "POST",
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
        agent: agents[clear ? "http:" : "https:"],
        lookup: reach.lookup(clear),
      };
      return new Promise((resolve) => {
        const asked = (clear ? httpRequest : httpsRequest)(target, options);
        const late = setTimeout(
          () => asked.destroy(Object.assign(new Error("late"), { code: "TIMEOUT" })),
          limits.withinMs,
        );
        const ended = (posted: Posted): void => {
          clearTimeout(late);
          resolve(posted);
        };
        asked.once("response", (response) => {
          const { statusCode: status = null } = response;
          readSome(response, limits.answerMax, (answer) =>
            ended({ status, ms: ms(), reason: null, answer, retryAfter: retryAfterOf(response) }),
          );
        });
        asked.on("error", (error) => ended(none(codeOf(error))));
        asked.end(body);
      });
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}
