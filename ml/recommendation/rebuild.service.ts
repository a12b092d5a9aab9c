/** Learns the lists anew from what was bought, apart from who serves, and hands them over between two requests. */
import type { Calls } from "../../models/contracts";
import type { Trained } from "../../models/model/model.contract";
import type { Basket } from "../../models/recommendation/recommendation.contract";
import { typed, type CallMeta, type Caller } from "../../services/kernel/call";
import type { Node } from "../../services/kernel/node";
import { runApart } from "../kernel/apart";
import { artefactOf, LIBRARIES } from "../kernel/card";
import type { Champion } from "../kernel/champion";
import type { Chosen, ChooseOrder, Learnt, ListsOrder } from "./learning";
import type { TransitionSettings } from "./transition";

export const asLearner: CallMeta = { principal: { id: "recommendation", permissions: ["*"] }, trace: "recommendation" };

const PAGE = 1_000;
/** The newest; older ones say little of what is bought now. */
const BASKETS_MAX = 100_000;

/** Oldest first. */
export async function basketsOf(caller: Caller): Promise<readonly Basket[]> {
  const call = typed<Calls>(caller, asLearner);
  const found: Basket[] = [];
  let before: readonly [number, string] | null = null;
  do {
    const ask = { limit: PAGE, ...(before && { before }) };
    const page: Awaited<ReturnType<typeof call<"recommendation.baskets">>> = await call("recommendation.baskets", ask);
    found.push(...page.items);
    before = page.next;
  } while (before !== null && found.length < BASKETS_MAX);
  return found.reverse();
}

export const learnLists = (baskets: readonly Basket[], settings: TransitionSettings, now: number): Promise<Learnt> => {
  const data: ListsOrder = { do: "lists", baskets, settings, now };
  return runApart<Learnt>({ module: "recommendation/learning", data }).result;
};

const CHOOSING_MS = 60_000;
const MEASURE = "HR@10";

/** @param inUse the settings that weigh now */
export async function choose(node: Node, caller: Caller, inUse: Champion<TransitionSettings>): Promise<Trained> {
  const baskets = await basketsOf(caller);
  const data: ChooseOrder = { do: "choose", baskets, settings: inUse.model, timeMs: CHOOSING_MS };
  const chosen = await runApart<Chosen>({ module: "recommendation/learning", data }).result;
  if ("skipped" in chosen) return chosen;
  const { settings, cases, hitRate } = chosen;
  const hash = await node.blobs.put(Buffer.from(artefactOf(settings)));
  const against = inUse.number === 0 ? null : { hash: inUse.hash, metrics: { [MEASURE]: hitRate.inUse } };
  return {
    hash,
    card: {
      ...{ data: `${baskets.length} baskets, judged by the last thing of ${cases} customers`, rows: baskets.length },
      ...{ features: Object.keys(settings), measure: MEASURE, metrics: { [MEASURE]: hitRate.own } },
      // what ships is held up to as well: whoever takes its place has to be better than both
      baseline: { [MEASURE]: Math.max(hitRate.popularity, inUse.number === 0 ? hitRate.inUse : 0) },
      ...{ against, seed: 0, libraries: LIBRARIES },
    },
  };
}
