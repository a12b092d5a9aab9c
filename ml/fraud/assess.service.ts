/**
 * Judges a payment: what is known of who pays, the model in use, the policy that holds. Decision and attempt are
 * durable before the answer, under ids that derive from the checkout, so that whoever asks again is told the same.
 */
import type { Calls } from "../../models/contracts";
import type { AssessmentView } from "../../models/assessment/assessment.contract";
import type { DecisionFact, NewDecision, OutcomeFact } from "../../models/decision/decision.data.contract";
import type { Assessed, AssessPayment } from "../../models/fraud/fraud.contract";
import type { FraudPolicyView } from "../../models/fraudpolicy/fraudpolicy.contract";
import { derivedId } from "../../models/kernel/ids";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../../services/kernel/call";
import type { FactLog } from "../../services/kernel/fact-log";
import type { Node } from "../../services/kernel/node";
import type { CallSite } from "../../services/kernel/service";
import type { Champion, Champions } from "../kernel/champion";
import { createAttempts, type Attempts } from "./attempts";
import { checkoutFeatures, type NewAttempt } from "./checkout-features";
import { attemptFact, keptIn, secondsOf, type AttemptFact, type Surroundings } from "./facts.service";
import { takenBy } from "./taken";
import type { FraudModel } from "./model";

export interface AssessDeps {
  readonly node: Node;
  readonly champions: (site: CallSite) => Champions<FraudModel>;
  readonly decisions: FactLog<DecisionFact>;
  readonly attemptFacts: FactLog<AttemptFact>;
  readonly outcomes: FactLog<OutcomeFact>;
}

/** Names of nobody: the same person, card and address give the same code, and it leads back to none of them. */
function codesOf({ node }: AssessDeps, asked: AssessPayment): Pick<NewAttempt, "customer" | "card" | "address"> {
  const { customerId, contact, address, provider, method, checkoutId } = asked;
  const mac = (...parts: string[]): string => node.identity.pepper.mac("fraud", ...parts);
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const customer = mac("customer", customerId ?? plain(contact?.email ?? checkoutId));
  // tokens of the embedded provider are everybody's: there a card is a customer's
  const card = provider === "test" ? mac("card", provider, method, customer) : mac("card", provider, method);
  const where = address && mac("address", ...[address.country, address.postalCode, address.street].map(plain));
  return { customer, card, address: where };
}

interface Judged {
  readonly decision: NewDecision;
  readonly probability: number;
}

function blocked(decisionId: string): never {
  return refuse(
    "CHECKOUT_BLOCKED",
    "This payment cannot be taken. Pay in another way, or write to us and name the decision: a person will look at it.",
    { decisionId },
  );
}

const POLICY_FRESH_MS = 500;
const probabilityOf = (score: number): number => 1 / (1 + Math.exp(-score));

/** As it was a moment ago. */
function policyBook(): (site: CallSite) => Promise<FraudPolicyView> {
  let policy: { readonly at: number; readonly told: Promise<FraudPolicyView> } | null = null;
  return ({ caller, meta }) => {
    const at = performance.now();
    if (policy !== null && at - policy.at < POLICY_FRESH_MS) return policy.told;
    const told = typed<Calls>(caller, asMall(meta, "policy"))("fraudpolicy.get", {});
    policy = { at, told };
    told.catch(() => (policy = null));
    return told;
  };
}

/** Coarse enough to be nobody's. */
const regionOf = ({ address }: AssessPayment): string | null =>
  address && `${address.country}-${address.postalCode.slice(0, 2)}`.slice(0, 64);

const surroundingsOf = (asked: AssessPayment, probability: number): Surroundings => ({
  ...{ region: regionOf(asked), products: asked.productIds ?? [], probability },
});

/** What a process that judges has at hand. */
interface Judge extends AssessDeps {
  readonly attempts: Attempts;
  readonly policyNow: (site: CallSite) => Promise<FraudPolicyView>;
}

/** What a judgement needs to know. */
async function learnt(deps: Judge, { asked, id }: { asked: AssessPayment; id: string }, site: CallSite) {
  const { attempts, node } = deps;
  const at = node.clock.now();
  const { sellerId: seller, amountMinor } = asked;
  const now: NewAttempt = { id, seconds: secondsOf(at), amount: amountMinor / 100, seller, ...codesOf(deps, asked) };
  const [champion, policy, before] = await Promise.all([
    deps.champions(site).current(),
    deps.policyNow(site),
    attempts.before(now),
  ]);
  return { id, at, now, champion, policy, before };
}

type Learnt = Awaited<ReturnType<typeof learnt>>;

async function judge(
  deps: Judge,
  { asked, known }: { asked: AssessPayment; known: Learnt },
  site: CallSite,
): Promise<Judged> {
  const { attempts } = deps;
  const { checkoutId, subject } = asked;
  const { id, at, now, champion, policy, before } = known;
  const { values, ratio } = checkoutFeatures(now, before, attempts.known);
  const taken = takenBy(champion, values, policy);
  const attempt = { ...now, ratio, stopped: taken.verdict !== "allow" };
  const head = { id, kind: "fraud" as const, at, model: modelOf(champion), subject };
  const decision: NewDecision = { ...head, about: { type: asked.listener ?? "checkout", id: checkoutId }, ...taken };
  await Promise.all([
    typed<Calls>(site.caller, asMall(site.meta, "decide"))("decision.record", { decisions: [decision] }),
    deps.attemptFacts.write([attemptFact(attempt, surroundingsOf(asked, probabilityOf(taken.score)))]),
  ]);
  attempts.add(attempt);
  return { decision, probability: probabilityOf(taken.score) };
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

/** Hardly any was judged before: what the judgement needs is asked at the same time, and left alone where one was. */
async function judgedOrNew(all: Judge, what: { asked: AssessPayment; id: string }, site: CallSite): Promise<Judged> {
  const learning = learnt(all, what, site);
  learning.catch(() => undefined);
  return (await judgedBefore(all, what.id)) ?? judge(all, { asked: what.asked, known: await learning }, site);
}

async function queued(
  { policyNow }: Judge,
  { asked, judged }: { asked: AssessPayment; judged: Judged },
  site: CallSite,
): Promise<Assessed> {
  const call = typed<Calls>(site.caller, asMall(site.meta, "open"));
  const { checkoutId: id, customerId, amountMinor, currency, listener } = asked;
  const { decision, probability } = judged;
  const { id: decisionId, reasons = [] } = decision;
  const { releaseAloneMaxMinor } = await policyNow(site);
  const waits = listener === undefined ? {} : { listener };
  const told = { reasons: reasons.map(({ text }) => text["en"] ?? ""), releaseAloneMaxMinor, ...waits };
  await call("assessment.open", { id, decisionId, customerId, amountMinor, currency, probability, ...told });
  const { status }: AssessmentView = await call("assessment.get", { id });
  if (status === "waiting") return { outcome: "review", decisionId };
  return status === "released" ? { outcome: "allow", decisionId } : blocked(decisionId);
}

export function createAssess(deps: AssessDeps) {
  const attempts = createAttempts(keptIn(deps.attemptFacts, deps.outcomes));
  const all: Judge = { ...deps, attempts, policyNow: policyBook() };
  /** Whoever drives a checkout at the same time as another is told what the other is told. */
  const underWay = new Map<string, Promise<Judged>>();

  async function judged(asked: AssessPayment, site: CallSite): Promise<Judged> {
    const id = derivedId("fraud", asked.checkoutId, String(asked.round));
    const running = underWay.get(id);
    if (running) return running;
    const made = judgedOrNew(all, { asked, id }, site);
    underWay.set(id, made);
    try {
      return await made;
    } finally {
      underWay.delete(id);
    }
  }

  return async function assess(asked: AssessPayment, site: CallSite): Promise<Assessed> {
    const found = await judged(asked, site);
    const { id: decisionId, verdict } = found.decision;
    if (verdict === "block") return blocked(decisionId);
    if (verdict === "review") return queued(all, { asked, judged: found }, site);
    return { outcome: verdict === "challenge" ? "challenge" : "allow", decisionId };
  };
}

export const modelOf = ({ hash, number }: Champion<FraudModel>) => ({ name: "fraud", version: number, hash });
