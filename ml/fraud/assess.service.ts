/**
 * Judges a payment: what is known of who pays, the model in use, the policy that holds. Decision and attempt are
 * durable before the answer, under ids that derive from the checkout, so that whoever asks again is told the same. Who
 * asks early is told that a payment is let through while that is still being written: they ask again before they act.
 */
import { LRUCache } from "lru-cache";
import type { AssessmentView } from "../../models/assessment/assessment.contract";
import type { Calls } from "../../models/contracts";
import type { Assessed, AssessPayment } from "../../models/fraud/fraud.contract";
import { derivedId } from "../../models/kernel/ids";
import { asMall, typed } from "../../services/kernel/call";
import type { CallSite } from "../../services/kernel/service";
import { blocked, judgeOf, judging, type AssessDeps, type Judge, type Judged, type Judging } from "./judge.service";

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
  const told = { reasons: reasons.map(({ text }) => text), releaseAloneMaxMinor, ...waits };
  await call("assessment.open", { id, decisionId, customerId, amountMinor, currency, probability, ...told });
  const { status }: AssessmentView = await call("assessment.get", { id });
  if (status === "waiting") return { outcome: "review", decisionId };
  return status === "released" ? { outcome: "allow", decisionId } : blocked(decisionId);
}

/** Of those that are durable, so many are remembered for whoever asks again at once. */
const HELD_MAX = 500;
const HELD_MS = 60_000;

function judgements(deps: Judge): (asked: AssessPayment, site: CallSite) => Judging {
  /** Whoever drives a checkout at the same time as another is told what the other is told. */
  const underWay = new Map<string, Judging>();
  const held = new LRUCache<string, Judging>({ max: HELD_MAX, ttl: HELD_MS });
  return (asked, site) => {
    const id = derivedId("fraud", asked.checkoutId, String(asked.round));
    const known = underWay.get(id) ?? held.get(id);
    if (known) return known;
    const begun = judging(deps, { asked, id }, site);
    underWay.set(id, begun);
    begun.held.then(
      () => underWay.delete(id) && held.set(id, begun),
      () => underWay.delete(id),
    );
    return begun;
  };
}

export function createAssess(deps: AssessDeps) {
  const all = judgeOf(deps);
  const judged = judgements(all);

  return async function assess(asked: AssessPayment, site: CallSite): Promise<Assessed> {
    const { thought, held } = judged(asked, site);
    if (asked.early === true) {
      const { decision } = await thought;
      // what stops a payment is not told before it holds
      if (decision.verdict === "allow") return { outcome: "allow", decisionId: decision.id };
    }
    const found = await held;
    const { id: decisionId, verdict } = found.decision;
    if (verdict === "block") return blocked(decisionId);
    if (verdict === "review" && asked.early === true) return { outcome: "review", decisionId };
    if (verdict === "review") return queued(all, { asked, judged: found }, site);
    return { outcome: verdict === "challenge" ? "challenge" : "allow", decisionId };
  };
}
