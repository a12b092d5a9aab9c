/**
 * A mall as the command line sees it: sends commands and says how they went. A busy mall (429, 503) and a broken
 * connection are borne by asking again with the same Idempotency-Key, so that nothing happens twice; a mall that
 * stays away is told apart from a refused command, because then going on is pointless.
 */
import { setTimeout as pause } from "node:timers/promises";
import { askOf, heapsOf, outcomesOf, statusOf } from "./batch";
import { openHttp, type Answer, type Ask, type Http, type HttpOptions } from "./http";
import { problemOf } from "./problem";
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
  /** No procedures. In their order, up to the first that is refused: how those went. @throws MallUnreachable */
  sendAll(commands: readonly Command[]): Promise<readonly Outcome[]>;
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

function refusedEntry(url: string, answer: Answer): never {
  const { detail } = problemOf(answer);
  const todo = "Give a token that this mall has issued with --token (`stoa token` prints one).";
  throw new MallUnreachable(`The mall at ${url} does not let us in (${answer.status}): ${detail} ${todo}`);
}

async function patiently(http: Http, ask: Ask, patience: Patience): Promise<Answer> {
  let last: Answer | Error = new Error("not asked");
  for (let attempt = 0; attempt < patience.attemptsMax; attempt++) {
    last = await http.ask(ask).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (!(last instanceof Error) && !isBusy(statusOf(ask, last))) return last;
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
    return statusOf(one, answer) === 401 ? refusedEntry(http.url, answer) : answer;
  };
  const send = async ({ action, params, idempotencyKey, occurredAt }: Command): Promise<Outcome> => {
    const dated = occurredAt === undefined ? {} : { occurredAt };
    const answer = await ask({ ...requestOf(action, params), idempotencyKey, ...dated });
    if (answer.status < 300) return { ok: true, token: answer.token };
    return { ok: false, ...problemOf(answer) };
  };
  const sendHeap = async (heap: readonly Command[]): Promise<readonly Outcome[]> => {
    const [alone] = heap;
    if (alone && heap.length === 1) return [await send(alone)];
    return outcomesOf(await ask(askOf(heap)));
  };
  return {
    url: http.url,
    send,
    async sendAll(commands) {
      const outcomes: Outcome[] = [];
      for (const heap of heapsOf(commands)) {
        outcomes.push(...(await sendHeap(heap)));
        if (outcomes.at(-1)?.ok !== true) break;
      }
      return outcomes;
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
