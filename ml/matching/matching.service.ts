/** How the mall asks whether a product is there already: by the model in use, the likest kept as decisions. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import type { DecideAgain } from "../../models/decision/decision.contract";
import type { DecisionFact, NewDecision, OutcomeFact, Taken } from "../../models/decision/decision.data.contract";
import { derivedId } from "../../models/kernel/ids";
import { matchingContract, type JudgedMatch, type JudgeMatches } from "../../models/matching/matching.contract";
import type { Trained } from "../../models/model/model.contract";
import type { Lesson, TrainModel } from "../../models/model/model.lessons.contract";
import { asMall, typed } from "../../services/kernel/call";
import { allOf } from "../../services/kernel/fact-pages";
import type { Node } from "../../services/kernel/node";
import { procedureService, type CallSite } from "../../services/kernel/service";
import { runApart } from "../kernel/apart";
import { artefactOf, LIBRARIES } from "../kernel/card";
import { lentChampions, type Champion, type Champions } from "../kernel/champion";
import { trainedOf } from "../kernel/contest";
import { labelled, lessonsIn } from "../kernel/taught";
import { MATCH_FEATURES } from "./features";
import { FIRST_MATCHING } from "./first";
import type { LearnOrder, Learnt } from "./learning";
import type { MatchModel } from "./model";
import { pairsIn, type Pair } from "./pairs";
import { becauseOf, matched, matchedAgain, pairIn, probabilityOf } from "./taken";

type Book = (site: CallSite) => Champions<MatchModel>;

const SEED = 1;
/** A file of fifty thousand texts that was handed over is learnt within it. */
const HEAP_MB = 1_024;
const READ_MAX = 50_000;
/** Those of which somebody may be told; the others are looked at, and not kept. */
const KEPT_MAX = 3;

const championsOf = (node: Node): Book =>
  lentChampions<MatchModel, CallSite>({
    first: artefactOf(FIRST_MATCHING),
    appointed: async ({ caller, meta }) =>
      (await typed<Calls>(caller, asMall(meta, "champion"))("model.appointed", { id: "duplicate" })).champion,
    keep: (artefact) => node.blobs.put(artefact),
    read: (hash) => node.blobs.get(hash),
    parse: (text) => JSON.parse(text) as MatchModel,
    clock: () => performance.now(),
    warn: (error) => node.log.warn({ err: error }, "The model for doubles could not be changed; the old one goes on"),
  });

async function judge(node: Node, book: Book, asked: JudgeMatches, site: CallSite) {
  const { subject, record, others } = asked;
  if (others.length === 0) return { items: [] };
  const { hash, number, model } = await book(site).current();
  const found = others
    .map((other) => ({ productId: other.productId, taken: matched(model, record, other.record) }))
    .sort((a, b) => b.taken.score - a.taken.score)
    .slice(0, KEPT_MAX);
  const by = { name: "duplicate", version: number, hash };
  const decisions = found.map(({ productId, taken }): NewDecision => {
    const id = derivedId("duplicate", subject ?? "", hash, productId, JSON.stringify(taken.features));
    const about = { type: "product", id: productId };
    return { id, kind: "duplicate", at: node.clock.now(), model: by, subject, about, ...taken };
  });
  await typed<Calls>(site.caller, asMall(site.meta, "decide"))("decision.record", { decisions });
  const items = found.map(({ productId, taken }, i): JudgedMatch => ({
    ...{ productId, same: taken.verdict === "same", probability: probabilityOf(model, taken) },
    ...{ because: becauseOf(taken), decisionId: decisions[i]?.id ?? "" },
  }));
  return { items };
}

async function saidHere(node: Node): Promise<Pair[]> {
  const ask = { where: { kind: "duplicate" } };
  const [decisions, outcomes] = await Promise.all([
    allOf(node.facts<DecisionFact>("decisions"), ask, READ_MAX),
    allOf(node.facts<OutcomeFact>("decision.outcomes"), ask, READ_MAX),
  ]);
  const said = new Map([...outcomes].reverse().map(({ decisionId, label }) => [decisionId, label]));
  return decisions
    .flatMap(({ id, taken }) => {
      const label = said.get(id);
      return label === undefined || taken === null ? [] : [pairIn(taken, label === "same")];
    })
    .reverse();
}

const pairsOf = (lessons: readonly Lesson[]): Pair[] =>
  labelled(lessons, ["same", "different"]).flatMap(({ text, other = "", label }) =>
    pairsIn(`${text}\t${other}\t${label === "same" ? 1 : 0}`),
  );

async function learn(node: Node, { lessons }: TrainModel, champion: Champion<MatchModel>): Promise<Trained> {
  const pairs = lessons ? pairsOf(await lessonsIn(node.blobs, lessons)) : await saidHere(node);
  const order: LearnOrder = { pairs, seed: SEED, ...(champion.number > 0 && { champion: champion.model }) };
  const learnt = await runApart<Learnt>({ module: "matching/learning", data: order, heapMb: HEAP_MB }).result;
  if ("skipped" in learnt) return learnt;
  return trainedOf(learnt, {
    ...{ put: (bytes) => node.blobs.put(bytes), artefact: artefactOf(learnt.model), champion },
    data: `${pairs.length} pairs that ${lessons ? "were handed over" : "people spoke about"}`,
    ...{ features: MATCH_FEATURES, seed: SEED, libraries: LIBRARIES },
  });
}

export function matchingServices(node: Node): ServiceSchema[] {
  const book = championsOf(node);
  return [
    procedureService({
      name: "matching",
      contract: matchingContract,
      roles: node.roles,
      procedures: {
        "matching.judge": (asked: JudgeMatches, site: CallSite) => judge(node, book, asked, site),
        "matching.again": async ({ model, taken }: DecideAgain, site: CallSite): Promise<Taken> =>
          matchedAgain(await book(site).of(model.hash), taken),
        "matching.train": async (asked: TrainModel, site: CallSite) => learn(node, asked, await book(site).current()),
      },
    }),
  ];
}
