/**
 * Takes in what visitors do, and tells it again. Calls for one visitor reach the node that owns them; what somebody
 * does who is logged in goes on from there to the owner of the person, with what they did before they logged in.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import type { CountedFacts } from "../../models/kernel/counted-facts";
import type { SealedFacts } from "../../models/kernel/sealed-facts";
import type { DecideAgain } from "../../models/decision/decision.contract";
import { rankedFrom } from "../../models/visitor/visitor.ranking.contract";
import type { Taste } from "../../models/visitor/visitor.taste.contract";
import {
  visitorContract,
  type AskRecent,
  type Chosen,
  type KeepEvents,
  type OnePerson,
  type OneVisitor,
  type Recent,
  type RecentEvent,
  type RecordEvents,
  type Recorded,
} from "../../models/visitor/visitor.contract";
import { attempt } from "../kernel/attempts";
import { ANONYMOUS, asMall, typed, type CallMeta } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { tellBought } from "./bought.service";
import { recentOf, type Counted } from "./events.service";
import { isExposed } from "./exposed.service";
import type { Learner } from "./learner.service";
import { rewordings } from "./rewording.service";
import { personSubject, visitorSubject, type Subject } from "./subject.service";
import { createTastes, type Tastes } from "./tastes.service";
import { askedIn, count, once, tellWords } from "./telling.service";
import { createTrails, type Choices, type Trails } from "./trails.service";

export interface VisitorStores {
  readonly trails: SealedFacts;
  readonly choices: Choices;
  readonly counted: CountedFacts<Counted>;
}

/** Batches of one visitor in a minute: a page reports every second at most. */
const BATCHES = { max: 240, windowMs: 60_000 };

/** Who is logged in; null for nobody, and for the mall itself. */
export function personOf({ meta }: { readonly meta: Partial<CallMeta> }): string | null {
  const { id, permissions } = meta.principal ?? ANONYMOUS;
  return id === ANONYMOUS.id || permissions.includes("*") ? null : id;
}

interface Deps extends VisitorStores {
  readonly learner: Learner;
  readonly tastes: Tastes;
  readonly node: Pick<Node, "identity" | "clock" | "log">;
  readonly kept: Trails;
}

const callOf = ({ caller, meta }: CallSite, step: string) => typed<Calls>(caller, asMall(meta, step));

interface Whose {
  readonly subject: Subject;
  readonly person: string;
}

/** What the visitor did before is given to the person, and is the visitor's no more. */
async function keepPerson(deps: Deps, whose: Whose, events: readonly RecentEvent[], site: CallSite): Promise<boolean> {
  const { subject, person: personId } = whose;
  const before = await deps.kept.recent(subject);
  const { personal } = await callOf(site, "keep")("visitor.keepPerson", { personId, events: [...before, ...events] });
  if (before.length > 0) await deps.kept.forget(subject);
  return personal;
}

async function keepVisitor(
  { kept, learner }: Deps,
  subject: Subject,
  events: readonly RecentEvent[],
): Promise<boolean> {
  const clicked = events.some(({ kind }) => kind === "click");
  const found = clicked ? rewordings(await kept.recent(subject), events) : [];
  const personal = await kept.add(subject, events);
  if (personal) learner.reworded(found.map((words) => ({ ...words, visitor: subject.who })));
  return personal;
}

async function record(deps: Deps, params: RecordEvents, site: CallSite): Promise<Recorded> {
  const { visitorId, consent } = params;
  const events = once(params.events);
  const subject = visitorSubject(visitorId);
  await attempt(deps.node.identity.throttle, [{ key: `events/${subject.who}`, limit: BATCHES }]);
  const now = deps.node.clock.now();
  const keep = async (): Promise<boolean> => {
    const recent = events.map((event) => recentOf(event, params, now));
    const person = personOf(site);
    const personal = await (person === null
      ? keepVisitor(deps, subject, recent)
      : keepPerson(deps, { subject, person }, recent, site));
    if (personal) {
      tellWords(deps, subject.who, recent);
      deps.learner.asked(events.flatMap((event) => askedIn(event, params, { visitor: subject.who, at: now })));
    }
    return personal;
  };
  const kept = consent ? keep() : Promise.resolve(false);
  const counted = async (): Promise<number> => {
    const exposed = consent && events.some((event) => isExposed(deps.node.identity.pepper, event));
    // only of who lets it be known something is counted for an experiment: whether they do is waited for there alone
    return count(deps, { who: subject.who, personal: exposed && (await kept) }, { ...params, events });
  };
  const [personal, repeated] = await Promise.all([kept, counted()]);
  if (personal) await tellBought(deps.node.log, params, { site, recent: () => recentOfVisitor(deps, params, site) });
  const accepted = events.length - repeated;
  return { accepted, repeated: params.events.length - accepted, personal };
}

async function toldOf({ kept }: Pick<Deps, "kept">, subject: Subject): Promise<Recent> {
  const [events, refused] = [await kept.recent(subject), await kept.refuses(subject)];
  return { events: [...events], ...(refused && { refused }) };
}

/** Who has just logged in takes along what they did before. */
async function recentOfPerson(deps: Deps, whose: Whose, site: CallSite): Promise<Recent> {
  const before = await deps.kept.recent(whose.subject);
  if (before.length > 0) await keepPerson(deps, whose, [], site);
  return callOf(site, "recent")("visitor.recentPerson", { personId: whose.person });
}

async function recentOfVisitor(deps: Deps, { visitorId, limit }: AskRecent, site: CallSite): Promise<Recent> {
  const subject = visitorSubject(visitorId);
  const person = personOf(site);
  const found = person === null ? await toldOf(deps, subject) : await recentOfPerson(deps, { subject, person }, site);
  return { ...found, events: found.events.slice(0, limit ?? found.events.length) };
}

async function tasteIn(
  { tastes }: Pick<Deps, "tastes">,
  { events, refused = false }: Recent,
  site: CallSite,
): Promise<Taste> {
  const taste = await tastes(events, site);
  return refused ? { ...taste, refused } : taste;
}

async function forget({ kept }: Deps, { visitorId }: OneVisitor, site: CallSite): Promise<Chosen> {
  await kept.forget(visitorSubject(visitorId));
  const person = personOf(site);
  if (person !== null) await callOf(site, "forget")("visitor.forgetPerson", { personId: person });
  return { personal: true };
}

async function choose({ kept }: Deps, { visitorId, personal }: OneVisitor & Chosen, site: CallSite): Promise<Chosen> {
  await kept.choose(visitorSubject(visitorId), personal);
  const person = personOf(site);
  if (person !== null) await callOf(site, "choose")("visitor.choosePerson", { personId: person, personal });
  return { personal };
}

/** The same for who is logged in: these are called by the mall itself, on the node that owns the person. */
function ofPersons({ kept, node, tastes }: Deps) {
  const of = (id: string): Subject => personSubject(node.identity.subjects, id);
  return {
    "visitor.keepPerson": async ({ personId, events }: KeepEvents): Promise<Chosen> => ({
      personal: await kept.add(of(personId), events),
    }),
    "visitor.tastePerson": async ({ personId }: OnePerson, site: CallSite) =>
      tasteIn({ tastes }, await toldOf({ kept }, of(personId)), site),
    "visitor.recentPerson": ({ personId }: OnePerson): Promise<Recent> => toldOf({ kept }, of(personId)),
    "visitor.forgetPerson": async ({ personId }: OnePerson): Promise<Chosen> => {
      await kept.forget(of(personId));
      return { personal: true };
    },
    "visitor.choosePerson": async ({ personId, personal }: OnePerson & Chosen): Promise<Chosen> => {
      await kept.choose(of(personId), personal);
      return { personal };
    },
  };
}

export function visitorService(node: Node, stores: VisitorStores, learner: Learner): ServiceSchema {
  const kept = createTrails({ facts: stores.trails, choices: stores.choices });
  const deps: Deps = { ...stores, learner, node, kept, tastes: createTastes(() => node.clock.now()) };
  return procedureService({
    name: "visitor",
    contract: anyContract(visitorContract),
    roles: node.roles,
    procedures: {
      "visitor.record": (params: RecordEvents, site) => record(deps, params, site),
      "visitor.recent": (params: AskRecent, site) => recentOfVisitor(deps, params, site),
      "visitor.taste": async (params: OneVisitor, site) =>
        tasteIn(deps, await recentOfVisitor(deps, params, site), site),
      "visitor.rankAgain": ({ taken }: DecideAgain) => Promise.resolve(rankedFrom(taken.features)),
      "visitor.forget": (params: OneVisitor, site) => forget(deps, params, site),
      "visitor.choose": (params: OneVisitor & Chosen, site) => choose(deps, params, site),
      ...ofPersons(deps),
    },
  });
}
