/**
 * Faults at every boundary of a saga, from the saga itself: it is driven once to hear what it sends, and then once more
 * for each thing that it sends and each thing that can go wrong there. A step that is added is covered by being there.
 */
import { Refusal } from "../../models/kernel/refusal";
import type { Caller } from "../../services/kernel/call";

export const SAGA_FAULTS = [
  "the driver dies before it is sent",
  "the driver dies when it is done, before it knows",
  "nobody answers the first time, though it is done",
  "it is refused",
] as const;

export type SagaFault = (typeof SAGA_FAULTS)[number];

/** One saga that has begun, in a world of its own. */
export interface Stage {
  /** Drives it as far as it goes, as if by a process of its own. */
  readonly drive: (caller: Caller) => Promise<unknown>;
  /** Without faults. */
  readonly caller: Caller;
  /** What is wrong when it should have ended: not ended, something held, something twice. */
  readonly judge: () => Promise<readonly string[]>;
}

export interface Boundary {
  readonly n: number;
  readonly action: string;
  readonly fault: SagaFault;
  readonly faults: readonly string[];
}

class Died extends Error {
  override readonly name = "Died";
}

/** Nobody comes to answer a dead process: whatever it still asks for is never answered, here told as an error. */
const DRIVES_MAX = 5;

interface Plan {
  readonly at: number;
  readonly fault: SagaFault;
}

function faulty(caller: Caller, { at, fault }: Plan): Caller {
  let [sent, dead] = [0, false];
  const effects: Readonly<Record<SagaFault, (call: () => Promise<unknown>) => Promise<unknown>>> = {
    "the driver dies before it is sent": () => {
      dead = true;
      return Promise.reject(new Died());
    },
    "the driver dies when it is done, before it knows": async (call) => {
      await call().catch(() => undefined);
      dead = true;
      throw new Died();
    },
    "nobody answers the first time, though it is done": async (call) => {
      await call().catch(() => undefined);
      throw new Error("the answer was lost");
    },
    "it is refused": () => Promise.reject(new Refusal("REFUSED_HERE", 409, "It is refused by the test.")),
  };
  return {
    call(action, params, options) {
      if (dead) return Promise.reject(new Died());
      const n = sent++;
      const call = (): Promise<unknown> => caller.call(action, params, options);
      return n === at ? effects[fault](call) : call();
    },
  };
}

function heard(caller: Caller, actions: string[]): Caller {
  return {
    call(action, params, options) {
      actions.push(action);
      return caller.call(action, params, options);
    },
  };
}

/**
 * What the saga records of itself is never refused: that would be another saga. Nor is what takes something back: that
 * it bears whatever there is, is what an undo promises.
 */
function fits(saga: string, actions: readonly string[], n: number): (fault: SagaFault) => boolean {
  const failedAt = actions.lastIndexOf(`${saga}.fail`, n);
  const undoing = failedAt >= 0 && !actions.slice(failedAt, n).includes(`${saga}.advance`);
  const own = actions[n]?.startsWith(`${saga}.`) ?? false;
  return (fault) => fault !== "it is refused" || !(own || undoing);
}

async function played(stage: Stage, plan: Plan): Promise<readonly string[]> {
  await stage.drive(faulty(stage.caller, plan)).catch(() => undefined);
  // its timer comes, as often as it takes
  for (let n = 0; n < DRIVES_MAX; n++) await stage.drive(stage.caller).catch(() => undefined);
  return stage.judge();
}

/** Every boundary that the saga has, each with each fault, and what is wrong afterwards. */
export async function atEveryBoundary(saga: string, begin: () => Promise<Stage>): Promise<Boundary[]> {
  const actions: string[] = [];
  const clean = await begin();
  await clean.drive(heard(clean.caller, actions));
  const wrong = await clean.judge();
  if (wrong.length > 0) throw new Error(`Without any fault: ${wrong.join("; ")}`);
  const boundaries: Boundary[] = [];
  for (const [n, action] of actions.entries()) {
    for (const fault of SAGA_FAULTS.filter(fits(saga, actions, n))) {
      boundaries.push({ n, action, fault, faults: await played(await begin(), { at: n, fault }) });
    }
  }
  return boundaries;
}
