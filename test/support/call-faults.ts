/**
 * What can go wrong with a call between two services, played on one call of a request. A request is heard once
 * without a fault to learn which calls it makes, and is then played again for each of them and each thing that can go
 * wrong there: what is added to a process is covered by being called.
 */
import { Refusal } from "../../models/kernel/refusal";
import type { Asked, Between } from "./memory-node";

export const CALL_FAULTS = [
  "the process dies before it is sent",
  "the process dies when it is done, before it knows",
  "its answer is lost",
  "it is refused",
  "it is done twice at the same time",
  "it comes only when all is over",
  "it comes only when all is over, and the customer has gone",
  "the process dies before it is sent, and for an hour nobody comes",
] as const;

export type CallFault = (typeof CALL_FAULTS)[number];

export interface CallPlan {
  /** Which of the heard calls. */
  readonly at: number;
  readonly fault: CallFault;
}

/** One process of its own, heard or disturbed. A request that comes after a death is answered by another process. */
export interface CallPlay {
  readonly heard: readonly Asked[];
  readonly between: Between;
  /** Whether the planned call was made at all. */
  readonly struck: () => boolean;
  /** What was on its way all the time. */
  readonly arrive: () => Promise<void>;
}

class Died extends Error {
  override readonly name = "Died";
}

type Go = () => Promise<unknown>;
type Effect = (go: Go) => Promise<unknown>;

const quietly = (go: Go): Promise<unknown> => go().catch(() => undefined);

/** @param counts whether a call is one at which something may go wrong */
export function createCallPlay(counts: (asked: Asked) => boolean, plan: CallPlan | null): CallPlay {
  const heard: Asked[] = [];
  const late: Go[] = [];
  let dead: string | null = null;
  let struck = false;

  const dying = (trace: string): Promise<never> => {
    dead = trace;
    return Promise.reject(new Died());
  };
  const delayed = (go: Go): void => {
    late.push(go);
  };
  const effects = (trace: string): Readonly<Record<CallFault, Effect>> => ({
    "the process dies before it is sent": () => dying(trace),
    "the process dies before it is sent, and for an hour nobody comes": () => dying(trace),
    "the process dies when it is done, before it knows": (go) => quietly(go).then(() => dying(trace)),
    "its answer is lost": async (go) => {
      await quietly(go);
      throw new Error("the answer was lost");
    },
    "it is refused": () => Promise.reject(new Refusal("REFUSED_HERE", 409, "It is refused by the test.")),
    "it is done twice at the same time": async (go) => {
      const [answer] = await Promise.all([go(), quietly(go)]);
      return answer;
    },
    "it comes only when all is over": (go) => {
      delayed(go);
      return Promise.reject(new Error("nobody answers"));
    },
    "it comes only when all is over, and the customer has gone": (go) => {
      delayed(go);
      return dying(trace);
    },
  });
  return {
    heard,
    struck: () => struck,
    between: (asked, go) => {
      const { trace } = asked.meta;
      if (dead === trace) return Promise.reject(new Died());
      if (!counts(asked)) return go();
      const n = heard.push(asked) - 1;
      if (n !== plan?.at) return go();
      struck = true;
      return effects(trace)[plan.fault](go);
    },
    async arrive() {
      dead = null;
      await Promise.all(late.splice(0).map(quietly));
    },
  };
}
