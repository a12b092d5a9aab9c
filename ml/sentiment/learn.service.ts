/** `sentiment.train`: reads reviews with the stars they came with, has them learnt apart, and keeps what was learnt. */
import type { DecisionFact, OutcomeFact } from "../../models/decision/decision.data.contract";
import type { Trained } from "../../models/model/model.contract";
import type { TrainModel } from "../../models/model/model.lessons.contract";
import type { FactLog } from "../../services/kernel/fact-log";
import { allOf } from "../../services/kernel/fact-pages";
import type { Node } from "../../services/kernel/node";
import { runApart } from "../kernel/apart";
import { artefactOf, LIBRARIES } from "../kernel/card";
import type { Champion } from "../kernel/champion";
import { trainedOf } from "../kernel/contest";
import { labelled, lessonsIn } from "../kernel/taught";
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
/** A file of fifty thousand texts that was handed over is learnt within it. */
const HEAP_MB = 1_024;
const READ_MAX = 50_000;

interface Taught {
  readonly texts: readonly StarredText[];
  readonly data: string;
}

async function starredHere(logs: Pick<LearnDeps, "decisions" | "outcomes">): Promise<Taught> {
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
  return { texts: texts.reverse(), data: `reviews from ${decisions.at(-1)?.at ?? ""} to ${decisions[0]?.at ?? ""}` };
}

async function saidElsewhere({ node }: LearnDeps, hashes: readonly string[]): Promise<Taught> {
  const lessons = labelled(await lessonsIn(node.blobs, hashes), ["praise", "complaint"]);
  const texts = lessons.map(({ text, label }) => ({ text, praise: label === "praise" }));
  return { texts, data: `${texts.length} texts that were handed over` };
}

export async function learn(deps: LearnDeps, asked: TrainModel, champion: Champion<ReviewReader>): Promise<Trained> {
  const { texts, data } = await (asked.lessons ? saidElsewhere(deps, asked.lessons) : starredHere(deps));
  const own = champion.number > 0 ? { champion: champion.model.model } : {};
  const order: LearnOrder = { texts, seed: SEED, ...own };
  const learnt = await runApart<Learnt>({ module: "sentiment/learning", data: order, heapMb: HEAP_MB }).result;
  if ("skipped" in learnt) return learnt;
  return trainedOf(learnt, {
    ...{ put: (bytes) => deps.node.blobs.put(bytes), artefact: artefactOf(learnt.model), data, champion },
    ...{ features: ["words", "pieces of words"], seed: SEED, libraries: LIBRARIES },
  });
}
