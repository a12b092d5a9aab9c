/** Has the version that watches take the newest decisions again, and tells how it would have decided. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { DECIDES_AGAIN } from "../../models/decision/decision.contract";
import type { DecisionFact, OutcomeFact, Taken } from "../../models/decision/decision.data.contract";
import type { KeptDecision } from "../../models/decision/decision.page.contract";
import { isRefusal } from "../../models/kernel/refusal";
import { modelContract } from "../../models/model/model.contract";
import {
  comparedOf,
  type Compared,
  type CompareModel,
  type Pair,
  type Watcher,
} from "../../models/model/model.shadow.contract";
import { asMall, typed } from "../kernel/call";
import type { FactLog } from "../kernel/fact-log";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { outcomesOf, latest } from "./latest.service";

interface Deps {
  readonly decisions: FactLog<KeptDecision>;
  readonly outcomes: FactLog<OutcomeFact>;
}

const FINDINGS_MAX = 5_000;

/** Null where it cannot be taken again any more, and of somebody who was erased. */
async function againBy(shadow: Watcher, fact: DecisionFact, { caller, meta }: CallSite): Promise<Taken | null> {
  const { kind, taken, aboutType: type, aboutId: id } = fact;
  const action = DECIDES_AGAIN[kind];
  if (taken === null || action === undefined) return null;
  const model = { name: kind, version: shadow.number, hash: shadow.hash };
  try {
    const params = { model, about: { type, id }, taken };
    return (await caller.call(action, params, { meta: asMall(meta, "shadow") })) as Taken;
  } catch (error) {
    if (isRefusal(error, "DECISION_UNREPEATABLE")) return null;
    throw error;
  }
}

async function compare({ decisions, outcomes }: Deps, asked: CompareModel, site: CallSite): Promise<Compared> {
  const { id } = asked;
  const { shadow } = await typed<Calls>(site.caller, asMall(site.meta, "shadow"))("model.appointed", { id });
  if (shadow === null) return { id, shadow, ...comparedOf(id, []) };
  const [facts, said] = await Promise.all([
    latest(decisions, { where: { kind: id } }, asked.decisions),
    outcomesOf(outcomes, id, FINDINGS_MAX),
  ]);
  const pairs: Pair[] = [];
  // one after the other: who is served goes first
  for (const fact of facts) {
    const is = await againBy(shadow, fact, site);
    if (is !== null && fact.taken !== null) pairs.push({ was: fact.taken, is, ...said.get(fact.id) });
  }
  return { id, shadow, ...comparedOf(id, pairs) };
}

export const modelShadow = (node: Node): ServiceSchema => {
  const deps: Deps = { decisions: node.facts("decisions"), outcomes: node.facts("decision.outcomes") };
  return procedureService({
    name: "model.shadow",
    contract: modelContract,
    roles: node.roles,
    procedures: { "model.compare": (asked: CompareModel, site) => compare(deps, asked, site) },
  });
};
