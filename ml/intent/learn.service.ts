/** `intent.train`: reads what visits were thought of and how they ended, has it learnt apart, and keeps it. */
import type { DecisionFact, OutcomeFact } from "../../models/decision/decision.data.contract";
import { momentAfter } from "../../models/kernel/aggregate";
import { VISIT_FEATURES } from "../../models/intent/intent.visit.contract";
import type { Trained } from "../../models/model/model.contract";
import type { FactLog } from "../../services/kernel/fact-log";
import { allOf } from "../../services/kernel/fact-pages";
import type { Node } from "../../services/kernel/node";
import { runApart } from "../kernel/apart";
import { artefactOf, LIBRARIES } from "../kernel/card";
import type { Champion } from "../kernel/champion";
import { trainedOf } from "../kernel/contest";
import type { LearnOrder, Learnt, PastVisit } from "./learning";
import { rowOf, type VisitModel } from "./visits";

export interface LearnDeps {
  readonly node: Node;
  readonly decisions: FactLog<DecisionFact>;
  readonly outcomes: FactLog<OutcomeFact>;
}

const SEED = 1;
const READ_MAX = 50_000;
/** Who did not buy within a day of it did not buy in that visit. */
const RIPE_MS = 86_400_000;

/** Oldest first. @param bought ids of decisions whose visit ended in a purchase */
export function pastVisits(decisions: readonly DecisionFact[], bought: ReadonlySet<string>, now: string): PastVisit[] {
  const known = decisions.flatMap(({ id, at, taken }): PastVisit[] => {
    if (taken === null || (!bought.has(id) && momentAfter(at, RIPE_MS) > now)) return [];
    return [{ row: rowOf(taken), bought: bought.has(id) }];
  });
  return known.reverse();
}

export async function learn({ node, ...logs }: LearnDeps, champion: Champion<VisitModel>): Promise<Trained> {
  const ask = { where: { kind: "intent" } };
  const [decisions, outcomes] = await Promise.all([
    allOf(logs.decisions, ask, READ_MAX),
    allOf(logs.outcomes, ask, READ_MAX),
  ]);
  const bought = new Set(outcomes.flatMap(({ decisionId, label }) => (label === "bought" ? [decisionId] : [])));
  const order: LearnOrder = {
    ...{ visits: pastVisits(decisions, bought, node.clock.now()), seed: SEED },
    ...(champion.number > 0 && { champion: champion.model }),
  };
  const learnt = await runApart<Learnt>({ module: "intent/learning", data: order }).result;
  if ("skipped" in learnt) return learnt;
  return trainedOf(learnt, {
    ...{ put: (bytes) => node.blobs.put(bytes), artefact: artefactOf(learnt.model), champion },
    data: `visits from ${decisions.at(-1)?.at ?? ""} to ${decisions[0]?.at ?? ""}`,
    ...{ features: [...VISIT_FEATURES], seed: SEED, libraries: LIBRARIES },
  });
}
