/** What is shown to a visitor: lists in memory, what they did a moment ago, what may be shown, and why. */
import type { ServiceBroker, ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import type { DecideAgain } from "../../models/decision/decision.contract";
import type { Taken } from "../../models/decision/decision.data.contract";
import type { KeptDecision } from "../../models/decision/decision.page.contract";
import { recommendationContract, type AskRecommendation } from "../../models/recommendation/recommendation.contract";
import { refuse } from "../../models/refusals";
import { typed, type Caller } from "../../services/kernel/call";
import type { Node } from "../../services/kernel/node";
import { procedureService, type CallSite } from "../../services/kernel/service";
import { artefactOf } from "../kernel/card";
import { createChampions } from "../kernel/champion";
import { createKept } from "./kept.service";
import { FIRST_SETTINGS } from "./learning";
import { listsInUse, NOTHING_LEARNT } from "./lists";
import type { State } from "./proposals.service";
import { recommend } from "./recommend.service";
import { asLearner, basketsOf, choose, learnLists } from "./rebuild.service";
import { askedIn, takenOf } from "./served";
import { createShelf } from "./shelf.service";
import type { TransitionSettings } from "./transition";

const FIRST_LOOK_MS = 5_000;
const LOOK_EVERY_MS = 60_000;

const learnerOf = (broker: ServiceBroker): Caller => ({
  call: (action, params, options) => broker.call(action, params, options),
});

/** @throws DECISION_UNREPEATABLE for lists that are no longer in memory */
function again({ lists, before }: State, { model, taken }: DecideAgain): Taken {
  const used = [lists, before].find((one) => one?.hash === model.hash);
  if (!used)
    return refuse("DECISION_UNREPEATABLE", "The lists that this was recommended from are no longer in memory.");
  const { shown, ...asked } = askedIn(taken);
  return takenOf(asked, shown, used.scores(asked, shown));
}

async function rebuild(state: State, caller: Caller): Promise<void> {
  const baskets = await basketsOf(caller);
  const { hash, number, model } = await state.champions.current();
  const from = `${baskets.length} ${baskets.at(-1)?.at ?? 0} ${hash}`;
  if (baskets.length === 0 || from === state.learntFrom) return;
  const learnt = await learnLists(baskets, model, Date.now());
  state.before = state.lists;
  Object.assign(state, { lists: listsInUse(learnt), number, learntFrom: from });
  state.node.log.info({ items: learnt.names.length, baskets: baskets.length }, "Recommendations were learnt anew");
}

function stateOf(node: Node, caller: () => Caller): State {
  const champions = createChampions<TransitionSettings>({
    first: artefactOf(FIRST_SETTINGS),
    keep: (artefact) => node.blobs.put(artefact),
    appointed: async () =>
      (await typed<Calls>(caller(), asLearner)("model.appointed", { id: "recommendation" })).champion,
    read: (hash) => node.blobs.get(hash),
    parse: (text) => JSON.parse(text) as TransitionSettings,
    clock: () => performance.now(),
    warn: (error) => node.log.warn({ err: error }, "The model for recommending could not be changed"),
  });
  const shelf = createShelf(() => performance.now());
  const kept = createKept({
    decisions: node.facts<KeptDecision>("decisions"),
    now: () => node.clock.now(),
    later: (milliseconds, then) => void setTimeout(then, milliseconds).unref(),
    warn: (error) => node.log.warn({ err: error }, "What was recommended could not be kept"),
  });
  const lists = listsInUse(NOTHING_LEARNT);
  return { node, champions, kept, shelf, lists, before: null, number: 0, learntFrom: "" };
}

export function recommendationServices(node: Node): ServiceSchema[] {
  let caller: Caller | null = null;
  let timer: NodeJS.Timeout | null = null;
  const state = stateOf(node, () => caller as Caller);
  const look = (ms: number): void => {
    timer = setTimeout(() => {
      const looked = caller === null ? Promise.resolve() : rebuild(state, caller);
      const missed = (error: unknown): void => node.log.debug({ err: error }, "What was bought could not be looked at");
      void looked.catch(missed).finally(() => caller && look(LOOK_EVERY_MS));
    }, ms).unref();
  };
  const service = procedureService({
    name: "recommendation",
    contract: recommendationContract,
    roles: node.roles,
    procedures: {
      "recommendation.ask": (params: AskRecommendation, site: CallSite) => recommend(state, params, site),
      "recommendation.again": (params: DecideAgain) => Promise.resolve(again(state, params)),
      "recommendation.train": async (_params: object, site: CallSite) =>
        choose(node, site.caller, await state.champions.current()),
    },
  });
  return [
    {
      ...service,
      started(this: { readonly broker: ServiceBroker }) {
        caller = learnerOf(this.broker);
        look(FIRST_LOOK_MS);
        return Promise.resolve();
      },
      stopped() {
        caller = null;
        if (timer) clearTimeout(timer);
        state.kept.flush();
        return Promise.resolve();
      },
    },
  ];
}
