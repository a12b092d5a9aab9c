/**
 * The scheduler. Everything that leaves a process (a read, an insert, a publish, an answer of the index) is an
 * operation that waits here until it is picked: in whatever order the seed says, with whatever fault the seed says. A
 * process that has crashed gets no answers any more, and what it had on its way may or may not have arrived.
 */
import type { Chance } from "./random";
import { noFaults, type Fault, type FaultCounts } from "./faults";
import type { VirtualTime } from "./virtual-time";

/** A process of the mall. */
export interface Process {
  readonly id: string;
  alive: boolean;
}

export type Kind = "insert" | "read" | "mark" | "claims" | "publish" | "broker" | "deliver" | "ack" | "index";

export interface Operation<T> {
  readonly kind: Kind;
  /** Whose it is; null for what happens between processes. */
  readonly process: Process | null;
  /** What it is about, for a person who follows the run step by step. */
  readonly what: string;
  /** Takes effect and gives the answer, or throws what the caller is told. */
  readonly apply: () => T;
  /** The same when a fault hits it; `null`: this one cannot be hit by it. */
  readonly faulty?: (fault: Fault) => (() => T) | null;
}

interface Pending extends Omit<Operation<unknown>, "faulty"> {
  readonly faulty: Operation<unknown>["faulty"] | undefined;
  notBefore: number;
  readonly since: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface World {
  readonly chance: Chance;
  readonly time: VirtualTime;
  readonly faults: FaultCounts;
  /** While false nothing goes wrong. */
  stormy: boolean;
  op<T>(operation: Operation<T>): Promise<T>;
  /** Told when a process is to crash. */
  onCrash: (process: Process) => void;
  /** What a process that crashes has on its way arrives now or never; nobody hears the answers. */
  cutOff(process: Process): void;
  /** Lets one thing happen: an operation, a timer. False when nothing is left. */
  step(): Promise<boolean>;
  inject(fault: Fault): void;
  log: ((line: string) => void) | null;
}

/** Which faults may hit an operation of a kind. */
const HITS: Readonly<Record<Kind, readonly Fault[]>> = {
  insert: ["crash before insert", "crash after insert", "insert with unknown outcome", "store slow"],
  read: ["store does not answer", "store slow"],
  mark: ["crash after publish, before the mark", "store slow"],
  claims: ["store does not answer", "store slow"],
  publish: ["ack of a publish lost", "message doubled"],
  broker: [],
  deliver: ["message delayed", "message doubled", "messages reordered"],
  ack: ["ack of a reader lost"],
  index: ["index refuses"],
};

const SLOW_MS = 1_500;
const DELAY_MS = 400;
/** Share of operations that are hit while the world is stormy. */
const HIT_SHARE: Readonly<Record<Kind, number>> = {
  insert: 0.06,
  read: 0.05,
  mark: 0.25,
  claims: 0.05,
  publish: 0.05,
  broker: 0,
  deliver: 0.04,
  ack: 0.03,
  index: 0.05,
};
/** Share of steps in which time goes on though something could happen. */
const TIMER_SHARE = 0.03;
const STEP_MS = 0.2;
/** What has waited for so long comes next: nothing is on its way for ever. */
const PATIENCE_MS = 300;

const CRASHES: readonly Fault[] = ["crash before insert", "crash after insert", "crash after publish, before the mark"];

const unheard = (): void => undefined;

export function createWorld(chance: Chance, time: VirtualTime): World {
  const pending: Pending[] = [];
  const faults = noFaults();

  function postpone(one: Pending, ms: number): void {
    one.notBefore = time.now() + ms;
    pending.push(one);
  }

  function finish(one: Pending, apply: () => unknown): void {
    try {
      one.resolve(apply());
    } catch (error) {
      one.reject(error);
    }
  }

  function crash(one: Pending, fault: Fault): void {
    const process = one.process;
    if (!process) return;
    if (fault !== "crash before insert") finish({ ...one, resolve: unheard, reject: unheard }, one.apply);
    world.onCrash(process);
    world.cutOff(process);
  }

  function hit(one: Pending, fault: Fault): void {
    if (fault === "store slow") postpone(one, SLOW_MS * chance.next());
    else if (fault === "message delayed" || fault === "messages reordered") postpone(one, DELAY_MS * chance.next());
    else if (CRASHES.includes(fault)) crash(one, fault);
    else finish(one, one.faulty?.(fault) ?? one.apply);
  }

  function faultFor(one: Pending): Fault | null {
    if (!world.stormy || !chance.in(HIT_SHARE[one.kind])) return null;
    const possible = HITS[one.kind].filter(
      (fault) =>
        fault === "store slow" || fault.startsWith("message") || CRASHES.includes(fault) || one.faulty?.(fault),
    );
    return possible.length === 0 ? null : chance.pick(possible);
  }

  function happen(one: Pending): void {
    const fault = faultFor(one);
    world.log?.(`${one.process?.id ?? "-"} ${one.kind} ${one.what}${fault ? `  !! ${fault}` : ""}`);
    if (fault !== null) world.inject(fault);
    if (fault === null) finish(one, one.apply);
    else hit(one, fault);
  }

  function takeReady(): Pending | null {
    const now = time.now();
    const ready: number[] = [];
    for (let i = 0; i < pending.length; i++) {
      const { notBefore, since } = pending[i] as Pending;
      if (notBefore > now) continue;
      if (now - since > PATIENCE_MS) return pending.splice(i, 1)[0] ?? null;
      ready.push(i);
    }
    if (ready.length === 0) return null;
    return pending.splice(chance.pick(ready), 1)[0] ?? null;
  }

  const waitsTooLong = (): boolean => {
    const [oldest] = pending;
    return oldest !== undefined && time.now() - oldest.since > PATIENCE_MS;
  };

  function passTime(): boolean {
    const timerAt = time.nextAt();
    let opAt = Infinity;
    for (const { notBefore } of pending) opAt = Math.min(opAt, notBefore);
    if (timerAt === null && pending.length === 0) return false;
    if (timerAt === null || opAt < timerAt) time.pass(Math.max(0, opAt - time.now()));
    else time.fireNext();
    return true;
  }

  const world: World = {
    chance,
    time,
    faults,
    stormy: true,
    log: null,
    onCrash: () => undefined,
    inject: (fault) => void faults.set(fault, (faults.get(fault) ?? 0) + 1),
    op: <T>(operation: Operation<T>) =>
      new Promise<T>((resolve, reject) => {
        const { process, kind, what, apply, faulty } = operation;
        if (process?.alive === false) return;
        const answer = { resolve: resolve as (value: unknown) => void, reject };
        // every field by its name: a thousand of these are made in each run, and a spread is slow
        pending.push({ process, kind, what, apply, faulty, notBefore: 0, since: time.now(), ...answer });
      }),
    cutOff(process) {
      for (const one of pending.filter((candidate) => candidate.process === process)) {
        pending.splice(pending.indexOf(one), 1);
        if (chance.in(0.5)) finish({ ...one, resolve: unheard, reject: unheard }, one.apply);
      }
    },
    async step() {
      await time.settle();
      if (time.runImmediates()) return true;
      time.pass(STEP_MS);
      const one = chance.in(TIMER_SHARE) && !waitsTooLong() ? null : takeReady();
      if (!one) return passTime();
      happen(one);
      return true;
    },
  };
  return world;
}
