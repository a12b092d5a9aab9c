/** How the shop asks whether a visit ends in a purchase: by the model in use, kept, and held against how it ended. */
import { LRUCache } from "lru-cache";
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import type { DecideAgain } from "../../models/decision/decision.contract";
import type { DecisionFact, NewDecision, OutcomeFact, Taken } from "../../models/decision/decision.data.contract";
import { intentContract, type BoughtVisit, type IntentView } from "../../models/intent/intent.contract";
import { visitFeatures, visitIn, type Visit } from "../../models/intent/intent.visit.contract";
import { derivedId } from "../../models/kernel/ids";
import type { OneVisitor, RecentEvent } from "../../models/visitor/visitor.contract";
import { ANONYMOUS, asMall, typed } from "../../services/kernel/call";
import type { FactLog } from "../../services/kernel/fact-log";
import type { Node } from "../../services/kernel/node";
import { procedureService, type CallSite } from "../../services/kernel/service";
import { artefactOf } from "../kernel/card";
import { lentChampions, type Champions } from "../kernel/champion";
import { learn } from "./learn.service";
import { FIRST_VISITS, probabilityOf, takenAgain, takenOfVisit, type VisitModel } from "./visits";

interface Deps {
  readonly node: Node;
  readonly champions: (site: CallSite) => Champions<VisitModel>;
  readonly decisions: FactLog<DecisionFact>;
  readonly outcomes: FactLog<OutcomeFact>;
  /** What was answered of each moment of a visit: whoever asks again is told the same, and nothing is kept twice. */
  readonly told: LRUCache<string, Promise<IntentView>>;
}

const UNKNOWN: IntentView = {
  ...{ verdict: "unknown", probability: null, propose: "complete", reasons: [], decisionId: null },
};
const TOLD_MAX = 5_000;
const TOLD_MS = 60_000;
/** Decisions about one visit that are told how it ended. */
const DECISIONS_MAX = 50;

const championsOf = (node: Node): Deps["champions"] =>
  lentChampions<VisitModel, CallSite>({
    first: artefactOf(FIRST_VISITS),
    appointed: async ({ caller, meta }) =>
      (await typed<Calls>(caller, asMall(meta, "champion"))("model.appointed", { id: "intent" })).champion,
    keep: (artefact) => node.blobs.put(artefact),
    read: (hash) => node.blobs.get(hash),
    parse: (text) => JSON.parse(text) as VisitModel,
    clock: () => performance.now(),
    warn: (error) => node.log.warn({ err: error }, "The model for visits could not be changed; the old one goes on"),
  });

/** What whoever asks did lately; nothing of who does not want to be known. */
async function recentOf({ visitorId }: Partial<OneVisitor>, { caller, meta }: CallSite): Promise<RecentEvent[]> {
  const { principal, trace } = meta;
  if (visitorId !== undefined) {
    return (await typed<Calls>(caller, { principal, trace })("visitor.recent", { visitorId })).events;
  }
  if (principal.id === ANONYMOUS.id) return [];
  const call = typed<Calls>(caller, asMall(meta, "recent"));
  return (await call("visitor.recentPerson", { personId: principal.id })).events;
}

/** As the decision is told to who asked; nobody's: what is known of a visit leads to nobody. */
async function judge({ node, champions }: Deps, visit: Visit, site: CallSite): Promise<IntentView> {
  const { hash, number, model } = await champions(site).current();
  const at = node.clock.now();
  const taken = takenOfVisit(model, visitFeatures(visit, Date.parse(at)));
  const decision: NewDecision = {
    id: derivedId("intent", visit.id, visit.events[0]?.id ?? "", hash, at),
    ...{ kind: "intent", at, model: { name: "intent", version: number, hash }, subject: null },
    ...{ about: { type: "visit", id: visit.id }, ...taken },
  };
  await typed<Calls>(site.caller, asMall(site.meta, "decide"))("decision.record", { decisions: [decision] });
  const verdict = taken.verdict === "buying" ? "buying" : "looking";
  return {
    ...{ verdict, probability: probabilityOf(taken), propose: verdict === "buying" ? "complete" : "similar" },
    ...{ reasons: taken.reasons ?? [], decisionId: decision.id },
  };
}

async function ask(deps: Deps, asked: Partial<OneVisitor>, site: CallSite): Promise<IntentView> {
  const visit = visitIn(await recentOf(asked, site), Date.parse(deps.node.clock.now()));
  if (visit === null) return UNKNOWN;
  const moment = `${visit.id}/${visit.events[0]?.id ?? ""}`;
  const known = deps.told.get(moment);
  if (known) return known;
  const answer = judge(deps, visit, site);
  deps.told.set(moment, answer);
  answer.catch(() => deps.told.delete(moment));
  return answer;
}

async function bought({ decisions }: Deps, { visits }: BoughtVisit, { caller, meta }: CallSite) {
  let said = 0;
  for (const aboutId of new Set(visits)) {
    const about = await decisions.page({ where: { kind: "intent", aboutId }, limit: DECISIONS_MAX });
    for (const { id } of about) {
      const call = typed<Calls>(caller, asMall(meta, `bought ${id}`));
      await call("decision.outcome", { id, label: "bought" });
      said += 1;
    }
  }
  return { said };
}

export function intentServices(node: Node): ServiceSchema[] {
  const deps: Deps = {
    ...{ node, champions: championsOf(node) },
    ...{ decisions: node.facts("decisions"), outcomes: node.facts("decision.outcomes") },
    told: new LRUCache({ max: TOLD_MAX, ttl: TOLD_MS }),
  };
  return [
    procedureService({
      name: "intent",
      contract: intentContract,
      roles: node.roles,
      procedures: {
        "intent.ask": (asked: Partial<OneVisitor>, site: CallSite) => ask(deps, asked, site),
        "intent.bought": (asked: BoughtVisit, site: CallSite) => bought(deps, asked, site),
        "intent.again": async ({ model, taken }: DecideAgain, site: CallSite): Promise<Taken> =>
          takenAgain(await deps.champions(site).of(model.hash), taken),
        "intent.train": async (_asked: object, site: CallSite) => learn(deps, await deps.champions(site).current()),
      },
    }),
  ];
}
