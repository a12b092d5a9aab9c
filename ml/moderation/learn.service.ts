/** `moderation.train`: reads what was judged and what people made of it, has it learnt apart, and keeps it. */
import type { DecisionFact, OutcomeFact } from "../../models/decision/decision.data.contract";
import { momentAfter } from "../../models/kernel/aggregate";
import type { Trained } from "../../models/model/model.contract";
import type { FactLog } from "../../services/kernel/fact-log";
import { allOf } from "../../services/kernel/fact-pages";
import type { Node } from "../../services/kernel/node";
import { runApart } from "../kernel/apart";
import { artefactOf, LIBRARIES } from "../kernel/card";
import type { Champion } from "../kernel/champion";
import { textOf } from "../kernel/text/telling";
import type { LabelledText, LearnOrder, Learnt } from "./learning";
import type { Moderator } from "./model";

export interface LearnDeps {
  readonly node: Node;
  readonly decisions: FactLog<DecisionFact>;
  readonly outcomes: FactLog<OutcomeFact>;
}

const SEED = 1;
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

export async function learn({ node, ...logs }: LearnDeps, champion: Champion<Moderator>): Promise<Trained> {
  const ask = { where: { kind: "moderation" } };
  const [decisions, outcomes] = await Promise.all([
    allOf(logs.decisions, ask, READ_MAX),
    allOf(logs.outcomes, ask, READ_MAX),
  ]);
  const said = new Map([...outcomes].reverse().map(({ decisionId, label }) => [decisionId, label]));
  const now = node.clock.now();
  const labelled = decisions.flatMap((fact): LabelledText[] => {
    const verdict = verdictOf(fact, said.get(fact.id), now);
    return verdict === null || fact.taken === null ? [] : [{ text: textOf(fact.taken.features), verdict }];
  });
  const own = champion.number > 0 ? { champion: champion.model.model } : {};
  const order: LearnOrder = { texts: labelled.reverse(), seed: SEED, ...own };
  const learnt = await runApart<Learnt>({ module: "moderation/learning", data: order }).result;
  if ("skipped" in learnt) return learnt;
  const { model, rows, metrics, baseline } = learnt;
  const hash = await node.blobs.put(Buffer.from(artefactOf(model)));
  const data = `texts judged from ${decisions.at(-1)?.at ?? ""} to ${decisions[0]?.at ?? ""}`;
  const against = learnt.champion && { hash: champion.hash, metrics: learnt.champion };
  const card = { data, rows, features: ["words", "pieces of words"], measure: "macro-F1", metrics, baseline, against };
  return { hash, card: { ...card, seed: SEED, libraries: LIBRARIES } };
}
