/** The newest decisions of a kind, and what somebody said became of them. */
import type { DecisionFact, Outcome, OutcomeFact } from "../../models/decision/decision.data.contract";
import { decisionsIn, type KeptDecision } from "../../models/decision/decision.page.contract";
import type { FactPage } from "../../models/kernel/facts";
import type { FactLog } from "../kernel/fact-log";
import { allOf } from "../kernel/fact-pages";

const FACTS_AT_ONCE = 100;

/** Newest first; those of one page in the page's order. */
export async function latest(
  log: FactLog<KeptDecision>,
  ask: Omit<FactPage, "limit">,
  most: number,
): Promise<DecisionFact[]> {
  const found: DecisionFact[] = [];
  let { before } = ask;
  while (found.length < most) {
    const facts = await log.page({ ...ask, ...(before !== undefined && { before }), limit: FACTS_AT_ONCE });
    found.push(...facts.flatMap(decisionsIn));
    before = facts.at(-1)?._id;
    if (facts.length < FACTS_AT_ONCE) break;
  }
  return found.slice(0, most);
}

/** What was said last of each. */
export async function outcomesOf(
  log: FactLog<OutcomeFact>,
  kind: string,
  most: number,
): Promise<ReadonlyMap<string, Outcome>> {
  const findings = await allOf(log, { where: { kind } }, most);
  return new Map([...findings].reverse().map((outcome) => [outcome.decisionId, outcome]));
}
