/** How the mall asks where a product may belong: by the model in use, kept as a decision before it is answered. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import type { DecideAgain } from "../../models/decision/decision.contract";
import type { NewDecision, Taken } from "../../models/decision/decision.data.contract";
import { derivedId } from "../../models/kernel/ids";
import { listingContract } from "../../models/listing/listing.contract";
import type { Classified, ClassifyListing } from "../../models/listing/listing.read.contract";
import type { TrainModel } from "../../models/model/model.lessons.contract";
import { asMall, typed } from "../../services/kernel/call";
import type { Node } from "../../services/kernel/node";
import { procedureService, type CallSite } from "../../services/kernel/service";
import { artefactOf } from "../kernel/card";
import { lentChampions, type Champions } from "../kernel/champion";
import { learn } from "./learn.service";
import { FIRST_LISTING, suggester, type ListingModel, type Suggester } from "./model";
import { suggested, suggestedAgain } from "./taken";

type Book = (site: CallSite) => Champions<Suggester>;

const championsOf = (node: Node): Book =>
  lentChampions<Suggester, CallSite>({
    first: artefactOf(FIRST_LISTING),
    appointed: async ({ caller, meta }) =>
      (await typed<Calls>(caller, asMall(meta, "champion"))("model.appointed", { id: "category" })).champion,
    keep: (artefact) => node.blobs.put(artefact),
    read: (hash) => node.blobs.get(hash),
    parse: (text) => suggester(JSON.parse(text) as ListingModel),
    clock: () => performance.now(),
    warn: (error) =>
      node.log.warn({ err: error }, "The model for categories could not be changed; the old one goes on"),
  });

async function classify(node: Node, book: Book, asked: ClassifyListing, site: CallSite): Promise<Classified> {
  const { subject, text, alike } = asked;
  const { hash, number, model } = await book(site).current();
  const found = suggested(model, text, alike);
  if (found === null) return { places: [], decisionId: null };
  // the same draft judged again by the same model from the same is the same decision
  const id = derivedId("category", subject ?? "", hash, text, ...alike.map(({ place }) => place));
  const decision: NewDecision = {
    ...{ id, kind: "category", at: node.clock.now(), subject, about: { type: "listing", id: derivedId(text) } },
    ...{ model: { name: "category", version: number, hash }, ...found.taken },
  };
  await typed<Calls>(site.caller, asMall(site.meta, "decide"))("decision.record", { decisions: [decision] });
  return { places: found.places, decisionId: id };
}

export function listingServices(node: Node): ServiceSchema[] {
  const book = championsOf(node);
  return [
    procedureService({
      name: "listing.category",
      contract: listingContract,
      roles: node.roles,
      procedures: {
        "listing.classify": (asked: ClassifyListing, site: CallSite) => classify(node, book, asked, site),
        "listing.again": async ({ model, taken }: DecideAgain, site: CallSite): Promise<Taken> =>
          suggestedAgain(await book(site).of(model.hash), taken),
        "listing.train": async (asked: TrainModel, site: CallSite) =>
          learn(node, { asked, champion: await book(site).current() }, site),
      },
    }),
  ];
}
