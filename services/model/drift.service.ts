/**
 * Looks after models that decide: what they decided lately is held against what they decided before, and what they said
 * against what became of it. The model's timer asks for it every day; on an alarm the version before decides again.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import type { DecisionFact, Outcome, OutcomeFact } from "../../models/decision/decision.data.contract";
import type { KeptDecision } from "../../models/decision/decision.page.contract";
import { momentAfter } from "../../models/kernel/aggregate";
import { modelContract, type ModelId, type ModelName } from "../../models/model/model.contract";
import {
  alarmOf,
  psiOf,
  shiftsOf,
  type Calibrated,
  type ModelDrift,
  type Window,
} from "../../models/model/model.drift.contract";
import { asMall, typed } from "../kernel/call";
import type { FactLog } from "../kernel/fact-log";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { outcomesOf, latest } from "./latest.service";

interface Deps {
  readonly node: Node;
  readonly decisions: FactLog<KeptDecision>;
  readonly outcomes: FactLog<OutcomeFact>;
}

const ROWS_MAX = 2_000;
const RECENT_MS = 86_400_000;
/** A score that is a log-odds of these labels. */
const COMES_TRUE: Partial<Readonly<Record<ModelName, readonly string[]>>> = { fraud: ["fraud", "chargeback"] };

const windowOf = (facts: readonly DecisionFact[]): Window => ({
  ...{ from: facts.at(-1)?.at ?? null, to: facts[0]?.at ?? null, count: facts.length },
});

const seenIn = (facts: readonly DecisionFact[]) => facts.flatMap(({ taken }) => (taken === null ? [] : [taken]));

/** Of those decisions of which somebody said what became of them. */
function calibrationOf(
  id: ModelName,
  facts: readonly DecisionFact[],
  said: ReadonlyMap<string, Outcome>,
): Calibrated | null {
  const labels = COMES_TRUE[id];
  if (labels === undefined) return null;
  const known = facts.flatMap(({ id: decisionId, taken }) => {
    const label = said.get(decisionId)?.label;
    return label === undefined || taken === null ? [] : [{ p: 1 / (1 + Math.exp(-taken.score)), label }];
  });
  if (known.length === 0) return null;
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  const came = mean(known.map(({ label }) => (labels.includes(label) ? 1 : 0)));
  return { count: known.length, said: mean(known.map(({ p }) => p)), came };
}

async function driftOf({ node, decisions, outcomes }: Deps, { id }: ModelId): Promise<ModelDrift> {
  const since = momentAfter(node.clock.now(), -RECENT_MS);
  const where = { kind: id };
  const [recent, reference, said] = await Promise.all([
    latest(decisions, { where, from: since }, ROWS_MAX),
    latest(decisions, { where, before: since }, ROWS_MAX),
    outcomesOf(outcomes, id, ROWS_MAX),
  ]);
  const [is, was] = [seenIn(recent), seenIn(reference)];
  const score = psiOf(
    was.map((one) => one.score),
    is.map((one) => one.score),
  );
  const calibration = calibrationOf(id, [...recent, ...reference], said);
  const windows = { reference: windowOf(reference), recent: windowOf(recent) };
  return { id, ...windows, score, features: shiftsOf(was, is), calibration, alarm: alarmOf(score, calibration) };
}

export const modelGuard = (node: Node): ServiceSchema => {
  const deps: Deps = { node, decisions: node.facts("decisions"), outcomes: node.facts("decision.outcomes") };

  async function guard({ id }: ModelId, { caller, meta }: CallSite): Promise<ModelDrift> {
    const found = await driftOf(deps, { id });
    const call = typed<Calls>(caller, asMall(meta, "watch"));
    // what ships is all there is to go back to
    if ((await call("model.appointed", { id })).champion !== null)
      await call("model.watch", { id, alarm: found.alarm });
    return found;
  }
  return procedureService({
    name: "model.guard",
    contract: modelContract,
    roles: node.roles,
    procedures: {
      "model.drift": (asked: ModelId) => driftOf(deps, asked),
      "model.guard": guard,
    },
  });
};
