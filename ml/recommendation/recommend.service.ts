/** One answer to "what comes next": proposed by the lists in use, shown as far as it may be, kept as a decision. */
import type { Taken } from "../../models/decision/decision.data.contract";
import type { AskRecommendation, Recommendations } from "../../models/recommendation/recommendation.contract";
import { ANONYMOUS } from "../../services/kernel/call";
import type { CallSite } from "../../services/kernel/service";
import { askedOf, deedsNow, furtherFor, learntFor, type State } from "./proposals.service";
import { recommended, shownOf, takenOf, type Proposed } from "./served";

/** Nobody waits for it. @returns the decision's id */
function keep({ number, lists, kept }: State, ask: AskRecommendation, taken: Taken, site: CallSite): string {
  const { principal } = site.meta;
  const subject = principal.id === ANONYMOUS.id || principal.permissions.includes("*") ? null : principal.id;
  const model = { name: "recommendation", version: number, hash: lists.hash };
  const about = { type: ask.productId === undefined ? "page" : "product", id: ask.productId ?? ask.kind };
  return kept.keep({ model, subject, about, taken });
}

/** By the lists as they are now, to the end: those that take their place meanwhile answer the next one. */
export async function recommend(now: State, ask: AskRecommendation, site: CallSite): Promise<Recommendations> {
  const state: State = { ...now };
  const deeds = await deedsNow(ask, site);
  const choose = async (proposed: readonly Proposed[]) => {
    const ids = proposed.flatMap(({ item, because }) => (because === undefined ? [item] : [item, because]));
    const shelf = await state.shelf.of(ids, ask.section, site);
    return { shelf, shown: shownOf(proposed, shelf, ask) };
  };
  const learnt = learntFor(state, ask, deeds);
  let chosen = await choose(learnt);
  if (chosen.shown.length < ask.limit && ask.kind !== "recent") {
    chosen = await choose([...learnt, ...(await furtherFor(state, { ask, deeds }, site))]);
  }
  const { shown, shelf } = chosen;
  const [names, scores] = [shown.map(({ item }) => item), shown.map(({ score }) => score)];
  const id = keep(state, ask, takenOf(askedOf(ask, deeds), names, scores), site);
  return { items: shown.map((one) => recommended(one, shelf, id)) };
}
