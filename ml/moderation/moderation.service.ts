/** How the mall asks whether a text may be published: by the model in use, kept as a decision before it is answered. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import type { DecideAgain } from "../../models/decision/decision.contract";
import type { NewDecision, Taken } from "../../models/decision/decision.data.contract";
import { derivedId } from "../../models/kernel/ids";
import { moderationContract, type ModeratedText, type WrittenText } from "../../models/moderation/moderation.contract";
import type { TrainModel } from "../../models/model/model.lessons.contract";
import { asMall, typed } from "../../services/kernel/call";
import type { Node } from "../../services/kernel/node";
import { procedureService, type CallSite } from "../../services/kernel/service";
import { artefactOf } from "../kernel/card";
import { lentChampions, type Champions } from "../kernel/champion";
import { FIRST_MODERATION } from "./first";
import { learn, type LearnDeps } from "./learn.service";
import { moderator, type ModerationModel, type Moderator } from "./model";
import { judgedAgain, judgedText, loudWords } from "./taken";

type Book = (site: CallSite) => Champions<Moderator>;

const championsOf = (node: Node): Book =>
  lentChampions<Moderator, CallSite>({
    first: artefactOf(FIRST_MODERATION),
    appointed: async ({ caller, meta }) =>
      (await typed<Calls>(caller, asMall(meta, "champion"))("model.appointed", { id: "moderation" })).champion,
    keep: (artefact) => node.blobs.put(artefact),
    read: (hash) => node.blobs.get(hash),
    parse: (text) => moderator(JSON.parse(text) as ModerationModel),
    clock: () => performance.now(),
    warn: (error) =>
      node.log.warn({ err: error }, "The model for moderation could not be changed; the old one goes on"),
  });

async function judge(node: Node, book: Book, asked: WrittenText, site: CallSite): Promise<ModeratedText> {
  const { about, subject, text, language } = asked;
  const { hash, number, model } = await book(site).current();
  const taken = judgedText(model, text, language);
  // the same text judged again by the same model is the same decision
  const id = derivedId("moderation", about.type, about.id, hash, text);
  const by = { name: "moderation", version: number, hash };
  const decision: NewDecision = { id, kind: "moderation", at: node.clock.now(), model: by, subject, about, ...taken };
  await typed<Calls>(site.caller, asMall(site.meta, "decide"))("decision.record", { decisions: [decision] });
  const verdict = taken.verdict as ModeratedText["verdict"];
  return { verdict, decisionId: id, because: verdict === "publish" ? [] : loudWords(taken) };
}

export function moderationServices(node: Node): ServiceSchema[] {
  const book = championsOf(node);
  const deps: LearnDeps = { node, decisions: node.facts("decisions"), outcomes: node.facts("decision.outcomes") };
  return [
    procedureService({
      name: "moderation",
      contract: moderationContract,
      roles: node.roles,
      procedures: {
        "moderation.judge": (asked: WrittenText, site: CallSite) => judge(node, book, asked, site),
        "moderation.again": async ({ model, taken }: DecideAgain, site: CallSite): Promise<Taken> =>
          judgedAgain(await book(site).of(model.hash), taken),
        "moderation.train": async (asked: TrainModel, site: CallSite) => learn(deps, asked, await book(site).current()),
      },
    }),
  ];
}
