/** `fraud.train`: reads what was paid and what became of it, has it learnt apart, and keeps what was learnt. */
import type { Trained } from "../../models/model/model.contract";
import { allOf } from "../../services/kernel/fact-pages";
import type { CallSite } from "../../services/kernel/service";
import { runApart } from "../kernel/apart";
import { artefactOf, LIBRARIES } from "../kernel/card";
import type { AssessDeps } from "./judge.service";
import { attemptOf, isFraud, READ_MAX, secondsOf } from "./facts.service";
import type { LearnOrder, Learnt } from "./learning";
import { CHECKOUT_MODEL_FEATURES } from "./train";

const SEED = 1;
const MEASURE = "AP";

export async function learn(deps: AssessDeps, site: CallSite): Promise<Trained> {
  const { node } = deps;
  const [attempts, outcomes, champion] = await Promise.all([
    allOf(deps.attemptFacts, { where: {} }, READ_MAX),
    allOf(deps.outcomes, { where: { kind: "fraud" } }, READ_MAX),
    deps.champions(site).current(),
  ]);
  const order: LearnOrder = {
    attempts: attempts.map(attemptOf).reverse(),
    findings: outcomes
      .map(({ decisionId: id, at, label }) => ({ id, seconds: secondsOf(at), fraud: isFraud(label) }))
      .reverse(),
    now: secondsOf(node.clock.now()),
    seed: SEED,
    ...(champion.number > 0 && { champion: champion.model }),
  };
  const learnt = await runApart<Learnt>({ module: "fraud/learning", data: order }).result;
  if ("skipped" in learnt) return learnt;
  const hash = await node.blobs.put(Buffer.from(artefactOf(learnt.model)));
  const [from = "", to = ""] = [attempts.at(-1)?.at, attempts[0]?.at];
  const against = learnt.champion && { hash: champion.hash, metrics: learnt.champion };
  return {
    hash,
    card: {
      ...{ data: `payments from ${from} to ${to}`, rows: learnt.rows, features: [...CHECKOUT_MODEL_FEATURES] },
      ...{ measure: MEASURE, metrics: learnt.metrics, baseline: learnt.baseline, against },
      ...{ seed: SEED, libraries: LIBRARIES },
    },
  };
}
