/** How the mall asks in what tone a review speaks: by the model in use, kept as a decision, held against the stars. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import type { DecideAgain } from "../../models/decision/decision.contract";
import type { NewDecision, Taken } from "../../models/decision/decision.data.contract";
import { derivedId } from "../../models/kernel/ids";
import { ASPECTS_MAX } from "../../models/review/review.view.contract";
import { sentimentContract, type ReadReview, type ReadTone } from "../../models/sentiment/sentiment.contract";
import type { TrainModel } from "../../models/model/model.lessons.contract";
import { asMall, typed } from "../../services/kernel/call";
import type { Node } from "../../services/kernel/node";
import { procedureService, type CallSite } from "../../services/kernel/service";
import { artefactOf } from "../kernel/card";
import { lentChampions, type Champions } from "../kernel/champion";
import { FIRST_SENTIMENT } from "./first";
import { learn, STARS_SAY, type LearnDeps } from "./learn.service";
import type { ReviewModel } from "./model";
import { readAgain, readText, reviewReader, sidesOf, type ReviewReader } from "./taken";

type Book = (site: CallSite) => Champions<ReviewReader>;

const championsOf = (node: Node): Book =>
  lentChampions<ReviewReader, CallSite>({
    first: artefactOf(FIRST_SENTIMENT),
    appointed: async ({ caller, meta }) =>
      (await typed<Calls>(caller, asMall(meta, "champion"))("model.appointed", { id: "sentiment" })).champion,
    keep: (artefact) => node.blobs.put(artefact),
    read: (hash) => node.blobs.get(hash),
    parse: (text) => reviewReader(JSON.parse(text) as ReviewModel),
    clock: () => performance.now(),
    warn: (error) => node.log.warn({ err: error }, "The model for sentiment could not be changed; the old one goes on"),
  });

async function read(node: Node, book: Book, asked: ReadReview, site: CallSite): Promise<ReadTone> {
  const { about, subject, text, language, rating } = asked;
  const { hash, number, model } = await book(site).current();
  const taken = readText(model, text, language);
  // the same text read again by the same model is the same decision; other stars say something else of it
  const id = derivedId("sentiment", about.type, about.id, hash, text, String(rating));
  const by = { name: "sentiment", version: number, hash };
  const decision: NewDecision = { id, kind: "sentiment", at: node.clock.now(), model: by, subject, about, ...taken };
  const call = typed<Calls>(site.caller, asMall(site.meta, "decide"));
  await call("decision.record", { decisions: [decision] });
  const label = STARS_SAY[rating];
  if (label !== undefined) await call("decision.outcome", { id, label });
  return { tone: taken.verdict as ReadTone["tone"], aspects: sidesOf(model, text, ASPECTS_MAX), decisionId: id };
}

export function sentimentServices(node: Node): ServiceSchema[] {
  const book = championsOf(node);
  const deps: LearnDeps = { node, decisions: node.facts("decisions"), outcomes: node.facts("decision.outcomes") };
  return [
    procedureService({
      name: "sentiment",
      contract: sentimentContract,
      roles: node.roles,
      procedures: {
        "sentiment.read": (asked: ReadReview, site: CallSite) => read(node, book, asked, site),
        "sentiment.again": async ({ model, taken }: DecideAgain, site: CallSite): Promise<Taken> =>
          readAgain(await book(site).of(model.hash), taken),
        "sentiment.train": async (asked: TrainModel, site: CallSite) => learn(deps, asked, await book(site).current()),
      },
    }),
  ];
}
