/** `listing.train`: reads what is listed and where, has it learnt apart, and keeps what was learnt. */
import type { Calls } from "../../models/contracts";
import type { Trained } from "../../models/model/model.contract";
import type { TrainModel } from "../../models/model/model.lessons.contract";
import { asMall, typed } from "../../services/kernel/call";
import type { Node } from "../../services/kernel/node";
import type { CallSite } from "../../services/kernel/service";
import { runApart } from "../kernel/apart";
import { artefactOf, LIBRARIES } from "../kernel/card";
import type { Champion } from "../kernel/champion";
import { trainedOf } from "../kernel/contest";
import { lessonsIn } from "../kernel/taught";
import type { Placed } from "./alike";
import type { LearnOrder, Learnt } from "./learning";
import type { Suggester } from "./model";

const SEED = 1;
const PAGE = 1_000;
/** A file of fifty thousand texts that was handed over is learnt within it. */
const HEAP_MB = 1_024;
const READ_MAX = 50_000;

/** Oldest first; of more, the oldest. */
async function placedHere({ caller, meta }: CallSite): Promise<readonly Placed[]> {
  const call = typed<Calls>(caller, asMall(meta, "placed"));
  const found: Placed[] = [];
  let after: readonly [number, string] | null = null;
  do {
    const ask = { limit: PAGE, ...(after && { after }) };
    const page: Awaited<ReturnType<typeof call<"listing.placed">>> = await call("listing.placed", ask);
    found.push(...page.items);
    after = page.next;
  } while (after !== null && found.length < READ_MAX);
  return found;
}

export interface Learning {
  readonly asked: TrainModel;
  readonly champion: Champion<Suggester>;
}

export async function learn(node: Node, { asked, champion }: Learning, site: CallSite): Promise<Trained> {
  const { lessons } = asked;
  const titles = lessons
    ? (await lessonsIn(node.blobs, lessons)).map(({ text, label }) => ({ text, place: label }))
    : await placedHere(site);
  const own = champion.number > 0 ? { champion: champion.model.model } : {};
  const order: LearnOrder = { titles, seed: SEED, ...own };
  const learnt = await runApart<Learnt>({ module: "listing/learning", data: order, heapMb: HEAP_MB }).result;
  if ("skipped" in learnt) return learnt;
  return trainedOf(learnt, {
    ...{ put: (bytes) => node.blobs.put(bytes), artefact: artefactOf(learnt.model), champion },
    data: `${titles.length} titles that ${lessons ? "were handed over" : "are listed"}`,
    ...{ features: ["words", "pieces of words"], seed: SEED, libraries: LIBRARIES },
  });
}
