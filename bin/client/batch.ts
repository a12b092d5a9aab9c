/**
 * Many commands in one request, as `POST /v1/batch` takes them: on one machine a request costs the mall a quarter of
 * what a command does. Pure. What is too large to stand with others goes alone, by its own route.
 */
import type { Answer, Ask } from "./http";
import type { Command, Mall, Outcome } from "./mall";
import { problemOf } from "./problem";

const BATCH_PATH = "/v1/batch";
const COMMANDS_MAX = 50;
/** A body may have 1 MiB, and no character takes more than three bytes. */
const CHARS_MAX = 300_000;

interface Result {
  readonly status: number;
  readonly token?: string;
  readonly problem?: object;
}

const commandText = ({ action, params, idempotencyKey, occurredAt }: Command): string =>
  JSON.stringify({ action, params, idempotencyKey, occurredAt });

/** In their order, as many together as a request takes. */
export function heapsOf(commands: readonly Command[]): readonly (readonly Command[])[] {
  const heaps: Command[][] = [];
  let chars = Infinity;
  for (const command of commands) {
    const { length } = commands.length === 1 ? "" : commandText(command);
    const last = heaps.at(-1);
    if (last && last.length < COMMANDS_MAX && chars + length <= CHARS_MAX) last.push(command);
    else heaps.push([command]);
    chars = heaps.at(-1) === last ? chars + length : length;
  }
  return heaps;
}

export function askOf(heap: readonly Command[]): Ask {
  const body = `{"stopAtRefusal":true,"commands":[${heap.map(commandText).join()}]}`;
  return { method: "POST", path: BATCH_PATH, body, answered: true };
}

const resultsOf = ({ body }: Answer): readonly Result[] => (JSON.parse(body) as { results: Result[] }).results;

/** Of a batch: how the last command that was tried went; all before it were accepted. */
export function statusOf({ path }: Ask, answer: Answer): number {
  if (path !== BATCH_PATH || answer.status >= 300) return answer.status;
  return resultsOf(answer).at(-1)?.status ?? answer.status;
}

export function outcomesOf(answer: Answer): readonly Outcome[] {
  if (answer.status >= 300) return [{ ok: false, ...problemOf(answer) }];
  return resultsOf(answer).map(({ status, token = "", problem }) =>
    status < 300 ? { ok: true, token } : { ok: false, ...problemOf({ status, body: JSON.stringify(problem) }) },
  );
}

/** For a mall that takes no batches: the same, one command after the other. */
export const inTurn =
  (send: Mall["send"]): Mall["sendAll"] =>
  async (commands) => {
    const outcomes: Outcome[] = [];
    for (const command of commands) {
      outcomes.push(await send(command));
      if (outcomes.at(-1)?.ok !== true) break;
    }
    return outcomes;
  };
