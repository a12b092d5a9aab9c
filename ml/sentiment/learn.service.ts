/** `sentiment.train`: reads reviews with the stars they came with, has them learnt apart, and keeps what was learnt. */
import type { DecisionFact, OutcomeFact } from "../../models/decision/decision.data.contract";
import type { Trained } from "../../models/model/model.contract";
import type { FactLog } from "../../services/kernel/fact-log";
import { allOf } from "../../services/kernel/fact-pages";
import type { Node } from "../../services/kernel/node";
import { runApart } from "../kernel/apart";
import { artefactOf, LIBRARIES } from "../kernel/card";
import type { Champion } from "../kernel/champion";
import { textOf } from "../kernel/text/telling";
import type { LearnOrder, Learnt, StarredText } from "./learning";
import type { ReviewReader } from "./taken";

export interface LearnDeps {
  readonly node: Node;
  readonly decisions: FactLog<DecisionFact>;
  readonly outcomes: FactLog<OutcomeFact>;
}

/** What became of a reading: what the stars say. Three stars say nothing. */
export const STARS_SAY: Readonly<Record<number, string>> = { 1: "complaint", 2: "complaint", 4: "praise", 5: "praise" };

const SEED = 1;
const READ_MAX = 50_000;

export async function learn({ node, ...logs }: LearnDeps, champion: Champion<ReviewReader>): Promise<Trained> {
  const ask = { where: { kind: "sentiment" } };
  const [decisions, outcomes] = await Promise.all([
    allOf(logs.decisions, ask, READ_MAX),
    allOf(logs.outcomes, ask, READ_MAX),
  ]);
  const said = new Map([...outcomes].reverse().map(({ decisionId, label }) => [decisionId, label]));
  const texts = decisions.flatMap(({ id, taken }): StarredText[] => {
    const label = said.get(id);
    return label === undefined || taken === null ? [] : [{ text: textOf(taken.features), praise: label === "praise" }];
  });
  const own = champion.number > 0 ? { champion: champion.model.model } : {};
  const order: LearnOrder = { texts: texts.reverse(), seed: SEED, ...own };
  const learnt = await runApart<Learnt>({ module: "sentiment/learning", data: order }).result;
  if ("skipped" in learnt) return learnt;
  const { model, rows, metrics, baseline } = learnt;
  const hash = await node.blobs.put(Buffer.from(artefactOf(model)));
  const data = `reviews from ${decisions.at(-1)?.at ?? ""} to ${decisions[0]?.at ?? ""}`;
  const against = learnt.champion && { hash: champion.hash, metrics: learnt.champion };
  const card = { data, rows, features: ["words", "pieces of words"], measure: "ACC", metrics, baseline, against };
  return { hash, card: { ...card, seed: SEED, libraries: LIBRARIES } };
}
