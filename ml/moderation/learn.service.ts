/** `moderation.train`: reads what was judged and what people made of it, has it learnt apart, and keeps it. */
import type { DecisionFact, OutcomeFact } from "../../models/decision/decision.data.contract";
import { momentAfter } from "../../models/kernel/aggregate";
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
import type { LabelledText, LearnOrder, Learnt } from "./learning";
import type { Moderator } from "./model";

export interface LearnDeps {
  readonly node: Node;
  readonly decisions: FactLog<DecisionFact>;
  readonly outcomes: FactLog<OutcomeFact>;
}

const SEED = 1;
/** A file of fifty thousand texts that was handed over is learnt within it. */
const HEAP_MB = 1_024;
const READ_MAX = 50_000;
/** What was published and nobody complained of for so long was fit. */
const RIPE_MS = 7 * 86_400_000;

/** What should have come out; null where nobody knows. What a person did not let pass stays as hard as it was. */
export function verdictOf(
  { at, taken }: DecisionFact,
  label: string | undefined,
  now: string,
): LabelledText["verdict"] | null {
  const verdict = taken?.verdict;
  if (label === "publishable") return "publish";
  if (label === "unpublishable") return verdict === "reject" ? "reject" : "hold";
  return verdict === "publish" && momentAfter(at, RIPE_MS) <= now ? "publish" : null;
}

async function judgedHere({ node, ...logs }: LearnDeps): Promise<Taught> {
  const ask = { where: { kind: "moderation" } };
  const [decisions, outcomes] = await Promise.all([
    allOf(logs.decisions, ask, READ_MAX),
    allOf(logs.outcomes, ask, READ_MAX),
  ]);
  const said = new Map([...outcomes].reverse().map(({ decisionId, label }) => [decisionId, label]));
  const now = node.clock.now();
  const texts = decisions.flatMap((fact): LabelledText[] => {
    const verdict = verdictOf(fact, said.get(fact.id), now);
    return verdict === null || fact.taken === null ? [] : [{ text: textOf(fact.taken.features), verdict }];
  });
  return {
    texts: texts.reverse(),
    data: `texts judged from ${decisions.at(-1)?.at ?? ""} to ${decisions[0]?.at ?? ""}`,
  };
}

async function judgedElsewhere({ node }: LearnDeps, hashes: readonly string[]): Promise<Taught> {
  const lessons = labelled(await lessonsIn(node.blobs, hashes), ["publish", "hold", "reject"]);
  const texts = lessons.map(({ text, label: verdict }) => ({ text, verdict }));
  return { texts, data: `${texts.length} texts that were handed over` };
}

interface Taught {
  readonly texts: readonly LabelledText[];
  readonly data: string;
}

export async function learn(deps: LearnDeps, asked: TrainModel, champion: Champion<Moderator>): Promise<Trained> {
  const { texts, data } = await (asked.lessons ? judgedElsewhere(deps, asked.lessons) : judgedHere(deps));
  const own = champion.number > 0 ? { champion: champion.model.model } : {};
  const order: LearnOrder = { texts, seed: SEED, ...own };
  const learnt = await runApart<Learnt>({ module: "moderation/learning", data: order, heapMb: HEAP_MB }).result;
  if ("skipped" in learnt) return learnt;
  return trainedOf(learnt, {
    ...{ put: (bytes) => deps.node.blobs.put(bytes), artefact: artefactOf(learnt.model), data, champion },
    ...{ features: ["words", "pieces of words"], seed: SEED, libraries: LIBRARIES },
  });
}
