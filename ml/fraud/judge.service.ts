/**
 * One judgement of a payment: what is known of who pays, the model in use, the policy that holds; what was thought of
 * it, and what holds once decision and attempt are durable.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Calls } from "../../models/contracts";
import type { DecisionFact, NewDecision, OutcomeFact } from "../../models/decision/decision.data.contract";
import { decisionFactOf } from "../../models/decision/decision.page.contract";
import type { AssessPayment } from "../../models/fraud/fraud.contract";
import type { FraudPolicyView } from "../../models/fraudpolicy/fraudpolicy.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../../services/kernel/call";
import type { FactLog } from "../../services/kernel/fact-log";
import type { Node } from "../../services/kernel/node";
import type { CallSite } from "../../services/kernel/service";
import type { Champion, Champions } from "../kernel/champion";
import { createAttempts, type Attempts } from "./attempts";
import { checkoutFeatures, type Attempt, type NewAttempt } from "./checkout-features";
import { attemptFact, keptIn, secondsOf, type AttemptFact, type Surroundings } from "./facts.service";
import { renewedWithin } from "./renewed";
import { takenBy } from "./taken";
import type { FraudModel } from "./model";

export interface AssessDeps {
  readonly node: Node;
  readonly champions: (site: CallSite) => Champions<FraudModel>;
  readonly decisions: FactLog<DecisionFact>;
  readonly attemptFacts: FactLog<AttemptFact>;
  readonly outcomes: FactLog<OutcomeFact>;
}

/** Names of nobody: the same person, card, device and address give the same code, and it leads back to none of them. */
function codesOf(
  { node }: AssessDeps,
  asked: AssessPayment,
): Pick<NewAttempt, "customer" | "card" | "device" | "address"> {
  const { customerId, contact, address, provider, method, checkoutId } = asked;
  const mac = (...parts: string[]): string => node.identity.pepper.mac("fraud", ...parts);
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const customer = mac("customer", customerId ?? plain(contact?.email ?? checkoutId));
  // tokens of the embedded provider are everybody's: there a card is a customer's
  const card = provider === "test" ? mac("card", provider, method, customer) : mac("card", provider, method);
  const where = address && mac("address", ...[address.country, address.postalCode, address.street].map(plain));
  const device = asked.device === undefined ? null : mac("device", asked.device);
  return { customer, card, device, address: where };
}

export interface Judged {
  readonly decision: NewDecision;
  readonly probability: number;
}

export function blocked(decisionId: string): never {
  return refuse(
    "CHECKOUT_BLOCKED",
    "This payment cannot be taken. Pay in another way, or write to us and name the decision: a person will look at it.",
    { decisionId },
  );
}

const POLICY_FRESH_SECONDS = 0.5;
const probabilityOf = (score: number): number => 1 / (1 + Math.exp(-score));

/** As it was a moment ago. */
function policyBook(): (site: CallSite) => Promise<FraudPolicyView> {
  let policy: FraudPolicyView;
  let last: CallSite;
  const renewed = renewedWithin(POLICY_FRESH_SECONDS, async () => {
    const { caller, meta } = last;
    policy = await typed<Calls>(caller, asMall(meta, "policy"))("fraudpolicy.get", {});
  });
  return async (site) => {
    last = site;
    await renewed(performance.now() / 1_000);
    return policy;
  };
}

/** Coarse enough to be nobody's. */
const regionOf = ({ address }: AssessPayment): string | null =>
  address && `${address.country}-${address.postalCode.slice(0, 2)}`.slice(0, 64);

const surroundingsOf = (asked: AssessPayment, probability: number): Surroundings => ({
  ...{ products: asked.productIds ?? [], probability },
});

/** What a process that judges has at hand. */
export interface Judge extends AssessDeps {
  readonly attempts: Attempts;
  readonly policyNow: (site: CallSite) => Promise<FraudPolicyView>;
}

/** What a judgement needs to know. */
async function learnt(deps: Judge, { asked, id }: { asked: AssessPayment; id: string }, site: CallSite) {
  const { attempts, node } = deps;
  const at = node.clock.now();
  const { sellerId: seller, amountMinor } = asked;
  const moment = { id, seconds: secondsOf(at), amount: amountMinor / 100 };
  const now: NewAttempt = { ...moment, seller, region: regionOf(asked), ...codesOf(deps, asked) };
  const [champion, policy, before] = await Promise.all([
    deps.champions(site).current(),
    deps.policyNow(site),
    attempts.before(now),
  ]);
  return { id, at, now, champion, policy, before };
}

/** What was thought of it now: nothing of it is written yet. */
interface Thought extends Judged {
  readonly attempt: Attempt;
}

async function think(deps: Judge, { asked, id }: { asked: AssessPayment; id: string }, site: CallSite) {
  const { checkoutId, subject } = asked;
  const { at, now, champion, policy, before } = await learnt(deps, { asked, id }, site);
  const { values, ratio } = checkoutFeatures(now, before, deps.attempts.known);
  const taken = takenBy(champion, values, policy);
  const head = { id, kind: "fraud" as const, at, model: modelOf(champion), subject };
  const decision: NewDecision = { ...head, about: { type: asked.listener ?? "checkout", id: checkoutId }, ...taken };
  const attempt: Attempt = { ...now, ratio, stopped: taken.verdict !== "allow" };
  return { decision, attempt, probability: probabilityOf(taken.score) } satisfies Thought;
}

async function write(deps: Judge, asked: AssessPayment, { decision, attempt, probability }: Thought): Promise<void> {
  await Promise.all([
    deps.decisions.write([decisionFactOf(decision)]),
    deps.attemptFacts.write([attemptFact(attempt, surroundingsOf(asked, probability))]),
  ]);
  deps.attempts.add(attempt);
}

/** What was decided before; null for the first time. */
async function judgedBefore({ decisions }: Judge, id: string): Promise<Judged | null> {
  const fact = (await decisions.page({ where: { id }, limit: 2 })).at(-1);
  if (!fact) return null;
  const { _id, aboutType, aboutId, taken, verdict: _verdict, ...head } = fact;
  // of somebody who was erased meanwhile nothing is known, and nothing is sold to them
  if (taken === null) return blocked(id);
  const decision = { ...head, about: { type: aboutType, id: aboutId }, ...taken };
  return { decision, probability: probabilityOf(taken.score) };
}

/** One judgement: what is thought of it now, where nothing was before; and what holds, which is durable. */
export interface Judging {
  readonly thought: Promise<Judged>;
  readonly held: Promise<Judged>;
}

/**
 * Hardly any was judged before: it is thought of at the same time, and that left alone where one was. What nobody has
 * heard of is written while the store is asked about it, too: of what is kept twice of one payment the older one holds.
 * Whoever asks early is told before this process works on either: they go on, and wait for it later.
 */
export function judging(deps: Judge, what: { asked: AssessPayment; id: string }, site: CallSite): Judging {
  const thought = think(deps, what, site);
  const isNew = deps.attempts.isNew(what.id);
  const told = isNew ? thought.then(() => nextTurn()) : Promise.resolve();
  const known = told.then(() => judgedBefore(deps, what.id));
  const early = isNew ? thought : known.then((before) => before ?? thought);
  early.catch(() => undefined);
  const written = async (): Promise<Judged> => {
    const now = await thought;
    await told;
    await write(deps, what.asked, now);
    return now;
  };
  const hold = async (): Promise<Judged> => {
    const begun = isNew ? written() : null;
    begun?.catch(() => undefined);
    return (await known) ?? (await (begun ?? written()));
  };
  const held = hold();
  held.catch(() => undefined);
  return { thought: early, held };
}

export const judgeOf = (deps: AssessDeps): Judge => ({
  ...deps,
  attempts: createAttempts(keptIn(deps.attemptFacts, deps.outcomes)),
  policyNow: policyBook(),
});

export const modelOf = ({ hash, number }: Champion<FraudModel>) => ({ name: "fraud", version: number, hash });
