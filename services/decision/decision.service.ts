import type { ServiceSchema } from "moleculer";
import {
  DECIDES_AGAIN,
  decisionContract,
  type DecisionId,
  type DecisionView,
  type ListDecisions,
  type ListedDecisions,
  type RecordDecisions,
  type Replayed,
  type SayOutcome,
} from "../../models/decision/decision.contract";
import type {
  DecisionFact,
  NewDecision,
  Outcome,
  OutcomeFact,
  Taken,
} from "../../models/decision/decision.data.contract";
import {
  decisionFactId,
  decisionFactOf,
  unpacked,
  type KeptDecision,
  type NewPage,
} from "../../models/decision/decision.page.contract";
import { explained, unexplained } from "../../models/decision/decision.words.contract";
import { momentAfter } from "../../models/kernel/aggregate";
import { derivedId } from "../../models/kernel/ids";
import type { Iso } from "../../models/kernel/row";
import { refuse } from "../../models/refusals";
import { asMall } from "../kernel/call";
import type { FactLog } from "../kernel/fact-log";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { procedureService, type CallSite } from "../kernel/service";
import { differenceOf } from "./difference.service";
import { decisionBy, decisionsOf } from "./kept.service";

interface Deps {
  readonly node: Node;
  /** Answered before money moves: it does not stand in line behind rankings. */
  readonly urgent: FactLog<KeptDecision>;
  readonly batched: FactLog<KeptDecision>;
  readonly outcomes: FactLog<OutcomeFact>;
}

function explains(taken: Taken, id: string): void {
  if (unexplained(taken) > 0) {
    refuse("DECISION_SUM", "Contributions and residual of a decision do not sum to its score.", { id });
  }
}

function factOf(decision: NewDecision): DecisionFact {
  explains(decision, decision.id);
  return decisionFactOf(decision);
}

async function record({ urgent, batched }: Deps, { decisions }: RecordDecisions) {
  const facts = decisions.map(factOf);
  const pressing = facts.filter(({ kind }) => kind === "fraud");
  const others = facts.filter(({ kind }) => kind !== "fraud");
  await Promise.all([urgent.write(pressing), batched.write(others)]);
  return { recorded: facts.length };
}

/** One fact for all of them. */
async function recordPage({ batched }: Deps, { at, about, told, ...page }: NewPage) {
  const { id } = page;
  const all = unpacked(told);
  all.forEach((taken) => explains(taken, id));
  if (all.length !== about.length) {
    refuse("VALIDATION_FAILED", `This page tells ${all.length} decisions about ${about.length} things.`, { id });
  }
  const moment = new Date(at).toISOString();
  await batched.write([{ _id: decisionFactId(moment, id), ...page, at: moment, aboutId: about, told }]);
  return { recorded: all.length };
}

const factBy = ({ batched }: Deps, id: string): Promise<DecisionFact> => decisionBy(batched, id);

const toldOf = ({ label, what, at }: Outcome): Outcome => ({ label, ...(what !== undefined && { what }), at });

async function outcomeOf({ outcomes }: Deps, decisionId: string): Promise<Outcome | null> {
  const [newest] = await outcomes.page({ where: { decisionId }, limit: 1 });
  return newest ? toldOf(newest) : null;
}

async function viewOf(deps: Deps, fact: DecisionFact, staff: boolean): Promise<DecisionView> {
  const { id, kind, at, model, subject, aboutType, aboutId } = fact;
  // which rule applied tells how to get around it
  const { rules = [], ...open } = fact.taken ?? {};
  const taken = fact.taken === null ? null : ((staff ? { ...open, rules } : open) as Taken);
  return {
    ...{ id, kind, at, model, subject, about: { type: aboutType, id: aboutId }, taken },
    explanation: taken === null ? null : explained(model, taken),
    outcome: await outcomeOf(deps, id),
  };
}

const isStaff = ({ node }: Deps, { meta }: CallSite): boolean =>
  holdsMallWide(node.roles, meta.principal, "decision.read");

async function list(deps: Deps, { subject, about, kind, cursor, limit }: ListDecisions, site: CallSite) {
  const asked = { ...(subject && { subject }), ...(about && { aboutId: about }), ...(kind && { kind }) };
  const found = await decisionsOf(deps.batched, { where: asked, ...(cursor && { before: cursor }), limit });
  const staff = isStaff(deps, site);
  const items = await Promise.all(found.map((fact) => viewOf(deps, fact, staff)));
  return { items, next: found.length === limit ? (found.at(-1)?._id ?? null) : null } satisfies ListedDecisions;
}

/** Looked at to know one that is said again. */
const OUTCOMES_MAX = 50;

/** What is said later counts: also when it is said within the same millisecond. */
const after = (last: Iso | undefined, now: Iso): Iso =>
  last !== undefined && last >= now ? momentAfter(last, 1) : now;

/** @throws NOT_FOUND */
async function judge(deps: Deps, { id, label, what }: SayOutcome, { meta }: CallSite): Promise<Outcome> {
  const { kind } = await factBy(deps, id);
  const said = await deps.outcomes.page({ where: { decisionId: id }, limit: OUTCOMES_MAX });
  const own = derivedId("outcome", id, meta.commandId ?? [label, what].join(" "));
  const before = said.find(({ _id }) => _id.endsWith(`/${own}`));
  if (before) return toldOf(before);
  const at = after(said[0]?.at, deps.node.clock.now());
  const outcome = toldOf({ label, at, ...(what !== undefined && { what }) });
  await deps.outcomes.write([{ _id: `${at}/${own}`, ...outcome, decisionId: id, kind, by: meta.principal.id }]);
  return outcome;
}

/** @throws NOT_FOUND, SUBJECT_ERASED, DECISION_UNREPEATABLE */
async function replay(deps: Deps, { id }: DecisionId, { caller, meta }: CallSite): Promise<Replayed> {
  const { kind, model, taken, aboutType, aboutId } = await factBy(deps, id);
  if (taken === null) return refuse("SUBJECT_ERASED", "What this decision was taken from was erased.", { id });
  const action = DECIDES_AGAIN[kind];
  if (action === undefined) {
    return refuse("DECISION_UNREPEATABLE", `Decisions of the kind "${kind}" are explained, not taken again.`, { kind });
  }
  const params = { model, about: { type: aboutType, id: aboutId }, taken };
  const replayed = (await caller.call(action, params, { meta: asMall(meta, "again") })) as Taken;
  const difference = differenceOf(taken, replayed);
  return { id, equal: difference === 0, difference, recorded: taken, replayed };
}

export const decisionService = (node: Node): ServiceSchema => {
  const deps: Deps = {
    node,
    urgent: node.facts("decisions"),
    batched: node.facts("decisions"),
    outcomes: node.facts("decision.outcomes"),
  };
  return procedureService({
    name: "decision",
    contract: decisionContract,
    roles: node.roles,
    procedures: {
      "decision.record": (params: RecordDecisions) => record(deps, params),
      "decision.recordPage": (params: NewPage) => recordPage(deps, params),
      "decision.get": async ({ id }: DecisionId, site) => viewOf(deps, await factBy(deps, id), isStaff(deps, site)),
      "decision.list": (params: ListDecisions, site) => list(deps, params, site),
      "decision.outcome": (params: SayOutcome, site) => judge(deps, params, site),
      "decision.replay": (params: DecisionId, site) => replay(deps, params, site),
    },
  });
};
