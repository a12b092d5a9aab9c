/**
 * A mall as the command line sees it: sends commands and says how they went. A busy mall (429, 503) and a broken
 * connection are borne by asking again with the same Idempotency-Key, so that nothing happens twice; a mall that
 * stays away is told apart from a refused command, because then going on is pointless.
 */
import { setTimeout as pause } from "node:timers/promises";
import { openHttp, type Answer, type Ask, type Http, type HttpOptions } from "./http";
import { requestOf } from "./request";

export interface Command {
  /** `product.create` */
  readonly action: string;
  readonly params: object;
  readonly idempotencyKey: string;
  /** When it happened in the business, where that is not now; needs the permission time.backdate. */
  readonly occurredAt?: string;
}

export type Outcome =
  | { readonly ok: true; readonly token: string }
  /** The mall said no: the type of its refusal (or `HTTP_502`) and why, for a person. */
  | { readonly ok: false; readonly type: string; readonly detail: string };

/** The mall does not answer at all, or lets nobody in. */
export class MallUnreachable extends Error {
  override readonly name = "MallUnreachable";
}

export interface Mall {
  readonly url: string;
  /** @throws MallUnreachable */
  send(command: Command): Promise<Outcome>;
  /** The answer's JSON. @throws MallUnreachable, or Error that tells the refusal */
  query(action: string, params: object, after?: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Patience {
  /** How often a request is sent at most. */
  readonly attemptsMax: number;
  readonly firstDelayMs: number;
  readonly delayMsMax: number;
}

export const PATIENCE: Patience = { attemptsMax: 12, firstDelayMs: 50, delayMsMax: 5_000 };

const isBusy = (status: number): boolean => status === 429 || status === 502 || status === 503 || status === 504;

/** Doubles per attempt, spread over half of it so that many do not come back at once. */
export function delayMs(attempt: number, patience: Patience, random: number): number {
  const whole = Math.min(patience.firstDelayMs * 2 ** attempt, patience.delayMsMax);
  return Math.round(whole / 2 + (whole / 2) * random);
}

function jsonOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** The last part of what may be a URL: `https://…/problems/NOT_FOUND` is `NOT_FOUND`. */
const lastPart = (type: unknown): string => (typeof type === "string" ? (type.split(/[/:#]/).at(-1) ?? "") : "");

/** The type and the detail of an `application/problem+json` body, or what can be said without one. */
export function problemOf({ status, body }: Pick<Answer, "status" | "body">): { type: string; detail: string } {
  const { type, detail, title } = jsonOf(body);
  const said = [detail, title, body.slice(0, 300)].find((text) => typeof text === "string" && text !== "");
  return {
    type: lastPart(type) || `HTTP_${status}`,
    detail: (said as string | undefined) ?? `The mall said ${status}.`,
  };
}

function refusedEntry(url: string, answer: Answer): never {
  const { detail } = problemOf(answer);
  const todo = "Give a token that this mall has issued with --token (`stoa token` prints one).";
  throw new MallUnreachable(`The mall at ${url} does not let us in (${answer.status}): ${detail} ${todo}`);
}

async function patiently(http: Http, ask: Ask, patience: Patience): Promise<Answer> {
  let last: Answer | Error = new Error("not asked");
  for (let attempt = 0; attempt < patience.attemptsMax; attempt++) {
    last = await http.ask(ask).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (!(last instanceof Error) && !isBusy(last.status)) return last;
    const wait = delayMs(attempt, patience, Math.random());
    const asked = last instanceof Error ? 0 : (last.retryAfterMs ?? 0);
    await pause(Math.min(Math.max(wait, asked), 30_000));
  }
  if (!(last instanceof Error)) return last;
  throw new MallUnreachable(`The mall at ${http.url} does not answer (${last.message}). Is it still running?`);
}

export function openMall(options: HttpOptions, patience: Patience = PATIENCE): Mall {
  const http = openHttp(options);
  const ask = async (one: Ask): Promise<Answer> => {
    const answer = await patiently(http, one, patience);
    return answer.status === 401 ? refusedEntry(http.url, answer) : answer;
  };
  return {
    url: http.url,
    async send({ action, params, idempotencyKey, occurredAt }) {
      const dated = occurredAt === undefined ? {} : { occurredAt };
      const answer = await ask({ ...requestOf(action, params), idempotencyKey, ...dated });
      if (answer.status < 300) return { ok: true, token: answer.token };
      return { ok: false, ...problemOf(answer) };
    },
    async query(action, params, after) {
      const answer = await ask({
        ...requestOf(action, params),
        answered: true,
        ...(after === undefined ? {} : { after }),
      });
      if (answer.status < 300) return JSON.parse(answer.body) as unknown;
      const { type, detail } = problemOf(answer);
      throw new Error(`${type}: ${detail}`);
    },
    close: () => http.close(),
  };
}
