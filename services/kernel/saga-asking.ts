/** Asks for what a saga sends until there is a definite answer: a refusal is one, silence and "not now" are none. */
import { isRefusal } from "../../models/kernel/refusal";
import type { Answer, Sent } from "../../models/kernel/saga";
import { DETAIL_MAX } from "../../models/kernel/saga.contract";
import { backoffMs, wait } from "./wait";

const ATTEMPTS_MAX = 4;
const RETRY_FIRST_MS = 50;
const RETRY_MAX_MS = 1_000;
/** A step of two hundred lines sends no more than so many at once. */
const AT_ONCE_MAX = 20;

/** A refusal that says "not now", or no refusal at all: nobody knows what became of the command. */
function unanswered(error: unknown): boolean {
  if (!isRefusal(error)) return true;
  const { code, type, retryable } = error as { code: number; type: string; retryable?: boolean };
  return code === 429 || code >= 500 || type === "WRITES_CONTENDED" || retryable === true;
}

const answered = (error: { type: string; message: string; data?: object }): Answer => ({
  refused: {
    type: error.type,
    detail: error.message.slice(0, DETAIL_MAX),
    ...(error.data && Object.keys(error.data).length > 0 && { data: error.data }),
  },
});

/** @throws what could not be asked, after a few attempts */
export async function ask(call: () => Promise<unknown>, pause = wait): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return { result: await call() };
    } catch (error) {
      if (!unanswered(error)) return answered(error as { type: string; message: string });
      if (attempt === ATTEMPTS_MAX) throw error;
      await pause(backoffMs(attempt - 1, RETRY_FIRST_MS, RETRY_MAX_MS));
    }
  }
}

/** In order of `items`, no more than a few under way; the first failure is thrown when all under way have ended. */
export async function allAnswers(
  items: readonly Sent[],
  one: (sent: Sent, n: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE_MAX) {
    const page = items.slice(from, from + AT_ONCE_MAX).map((sent, n) => one(sent, from + n));
    const settled = await Promise.allSettled(page);
    for (const outcome of settled) {
      if (outcome.status === "rejected") throw outcome.reason;
      answers.push(outcome.value);
    }
  }
  return answers;
}
