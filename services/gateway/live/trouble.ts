/** Failures as a socket is told them: the same problems that HTTP answers with, and nothing of what nobody expected. */
import type { Logger } from "pino";
import { randomId } from "../../../models/kernel/ids";
import type { LiveProblem } from "../../../models/live/live.contract";
import { problemOf } from "../problem";

export interface Trouble {
  /** `FORBIDDEN`, or `INTERNAL` */
  readonly name: string;
  readonly problem: LiveProblem;
}

export function troubleOf(error: unknown, log: Logger): Trouble {
  const requestId = randomId();
  const { problem, unexpected } = problemOf(error, requestId);
  if (unexpected) log.error({ err: error, requestId }, "A live request failed unexpectedly");
  const { type, status, detail } = problem;
  return { name: type.slice(type.lastIndexOf(":") + 1), problem: { type, status, detail } };
}
