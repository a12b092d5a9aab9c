/**
 * Drives a saga: reads where it stands, sends what its step asks for, records what came of it, and so on until it has
 * ended or waits for somebody. Everything sent derives from a state that is committed, so that two who drive the same
 * saga at once, or one after the other's death, do nothing twice. A refusal is an answer; silence is none, and is asked
 * again: a few times here, and then by the saga's timer until there is an answer.
 */
import type { Receipt } from "../../models/kernel/contract";
import { momentAfter } from "../../models/kernel/aggregate";
import { derivedId } from "../../models/kernel/ids";
import { commitRef, type Row } from "../../models/kernel/row";
import {
  hasEnded,
  mayPass,
  nextStep,
  overdue,
  RETRY_FOR_MS,
  stepNamed,
  type Answer,
  type Begun,
  type Saga,
  type SagaState,
  type SagaStep,
  type Sent,
  type Verdict,
} from "../../models/kernel/saga";
import type { CallMeta, Caller } from "./call";
import { newestOrRefuse, type KnowingReader } from "./history-reader";
import { allAnswers, ask } from "./saga-asking";

export interface DriverDeps {
  readonly reader: KnowingReader;
  readonly now: () => string;
  /** Between attempts; tests do not wait. */
  readonly pause?: (ms: number) => Promise<void>;
}

export interface DriveSite {
  readonly caller: Caller;
  readonly meta: Pick<CallMeta, "trace">;
}

/** Where a saga stands. */
export interface Driven<D> {
  readonly version: number;
  readonly state: Begun<D>;
}

/**
 * Sends until the saga has ended, or waits.
 * @param version that the caller knows to be there
 * @throws what could not be asked, after a few attempts
 */
export type Drive<D> = (id: string, site: DriveSite, version?: number) => Promise<Driven<D>>;

/** A saga goes forward and back a few times at most; more is a fault of its definition. */
const COMMITS_MAX = 500;

interface Stood<D> {
  readonly id: string;
  readonly state: Begun<D>;
  /** The commit that everything sent now is caused by. */
  readonly row: Pick<Row, "version" | "hlc">;
}

function defaultVerdict<D>(answers: readonly Answer[]): Verdict<D> {
  const refusal = answers.find((answer) => "refused" in answer);
  return refusal ? { fail: refusal.refused } : { next: {} };
}

/** One drive of one saga. */
interface Run<D extends object> {
  readonly saga: Saga<D>;
  readonly deps: DriverDeps;
  readonly site: DriveSite;
}

/** The newest state, or, where it is known what was committed last, at least that. */
async function read<D extends object>({ saga, deps }: Run<D>, id: string, version?: number): Promise<Stood<D>> {
  const { reader } = deps;
  const found = version === undefined ? await reader.newest(id) : await reader.since(id, version);
  const row = found as Row<SagaState<D>> | null;
  const { state } = await newestOrRefuse<SagaState<D>>({ newest: () => Promise.resolve(row) }, id, saga.name);
  return { id, state, row: row as Row };
}

function metaOf<D extends object>({ saga, site }: Run<D>, { id, row }: Stood<D>, commandId: string): CallMeta {
  return {
    principal: { id: saga.name, permissions: ["*"] },
    trace: site.meta.trace,
    commandId,
    causedBy: commitRef(saga.name, id, row.version),
    hlc: row.hlc,
    exempt: "timer",
  };
}

type Direction = "do" | "ahead" | "undo";

function sentBy<D extends object>(run: Run<D>, { id, state }: Stood<D>, way: Direction): readonly Sent[] {
  const { step, round } = state.saga;
  const { commands, ahead, undo } = stepNamed(run.saga, step ?? "");
  return { do: commands, ahead, undo }[way]?.(state, { id, round }) ?? [];
}

const onTheWay = <D extends object>({ ahead }: SagaStep<D>): Direction => (ahead ? "ahead" : "do");

/** What one step sends until each has a definite answer: forward, on the way to it, or back. */
function sendAll<D extends object>(run: Run<D>, stood: Stood<D>, way: Direction): Promise<Answer[]> {
  const { id, state } = stood;
  const { step, round } = state.saga;
  return allAnswers(sentBy(run, stood, way), ({ action, params, commandId }, n) => {
    const derived = commandId ?? derivedId("saga", id, step ?? "", String(round), way, String(n));
    return ask(() => run.site.caller.call(action, params, { meta: metaOf(run, stood, derived) }), run.deps.pause);
  });
}

type Recorded = readonly [what: string, more: object];

/** Gives the version that it made, or that somebody else had made before. */
async function record<D extends object>(run: Run<D>, stood: Stood<D>, [what, more]: Recorded): Promise<number> {
  const { id, state, row } = stood;
  const { step, round } = state.saga;
  const action = `${run.saga.name}.${what}`;
  const meta = metaOf(run, stood, derivedId("saga", id, what, String(row.version)));
  const answer = await ask(() => run.site.caller.call(action, { id, step, round, ...more }, { meta }), run.deps.pause);
  if (!("refused" in answer)) return (answer.result as Receipt).version;
  if (what === "fail" || what === "undone") throw new Error(`${action} was refused: ${answer.refused.detail}`);
  // what was learnt cannot be kept: it is too large, or not what the contract says
  return record(run, stood, ["fail", { failure: answer.refused }]);
}

type Lasting<D> = Exclude<Verdict<D>, { retry: unknown }>;

/** @throws Error as long as it is asked again: no commit, the timer of this step is still there, and comes again */
function lastingOf<D extends object>({ saga, deps }: Run<D>, { id, state }: Stood<D>, said: Verdict<D>): Lasting<D> {
  if (!("retry" in said)) return said;
  const { step, movedAt } = state.saga;
  if (deps.now() > momentAfter(movedAt, RETRY_FOR_MS)) return { next: said.otherwise };
  throw new Error(`${saga.name}/${id}: ${step ?? ""}: ${said.retry.detail}`);
}

interface Learnt<D> {
  readonly patch: Partial<D>;
  readonly through?: string;
}

/**
 * Asks what the steps that follow ask, as long as all answers say to go on. Nothing is sent that would change
 * anything: any other answer, or none, is asked for again by the step itself, once it is committed that it was reached.
 */
async function learn<D extends object>(run: Run<D>, stood: Stood<D>, patch: Partial<D>): Promise<Learnt<D>> {
  const { step, round } = stood.state.saga;
  let learnt: Learnt<D> = { patch };
  for (let at = step ?? ""; ; at = learnt.through ?? "") {
    const state: Begun<D> = { ...stood.state, ...learnt.patch };
    const next = nextStep(run.saga, at, state);
    if (next === null || !mayPass(next)) return learnt;
    const there = { ...stood, state: { ...state, saga: { ...state.saga, step: next.name } } };
    const said = await sendAll(run, there, onTheWay(next)).then(
      (answers) => (next.verdict ?? defaultVerdict<D>)(answers, state, { id: stood.id, round }),
      () => null,
    );
    if (said === null || !("next" in said)) return learnt;
    learnt = { patch: { ...learnt.patch, ...said.next }, through: next.name };
  }
}

/** What the answers mean, as what is recorded of it; null while nothing has changed. */
async function recordOf<D extends object>(run: Run<D>, stood: Stood<D>, verdict: Lasting<D>): Promise<Recorded | null> {
  if ("next" in verdict) return ["advance", await learn(run, stood, verdict.next)];
  const waiting = stood.state.status === "waiting" && !overdue(stood.state, run.deps.now());
  if ("wait" in verdict) return waiting ? null : ["wait", { patch: verdict.wait }];
  const { fail, back, patch } = verdict;
  return ["fail", { failure: fail, ...(back !== undefined && { back }), ...(patch && { patch }) }];
}

/** The version that came of it; null when there is nothing to do until somebody outside has done something. */
async function takeStep<D extends object>(run: Run<D>, stood: Stood<D>): Promise<number | null> {
  const { id, state } = stood;
  if (state.status === "undoing") {
    await sendAll(run, stood, "undo");
    return record(run, stood, ["undone", {}]);
  }
  const { verdict = defaultVerdict<D> } = stepNamed(run.saga, state.saga.step ?? "");
  const said = verdict(await sendAll(run, stood, "do"), state, { id, round: state.saga.round });
  const what = await recordOf(run, stood, lastingOf(run, stood, said));
  return what === null ? null : record(run, stood, what);
}

export const createDrive =
  <D extends object>(saga: Saga<D>, deps: DriverDeps): Drive<D> =>
  async (id, site, known) => {
    const run = { saga, deps, site };
    let version = known;
    for (let n = 0; n < COMMITS_MAX; n++) {
      const stood = await read(run, id, version);
      const { state, row } = stood;
      const made = hasEnded(state) ? null : await takeStep(run, stood);
      if (made === null) return { version: row.version, state };
      version = made;
    }
    throw new Error(`The ${saga.name} ${id} does not come to an end after ${COMMITS_MAX} steps`);
  };
