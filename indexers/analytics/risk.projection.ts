/**
 * What was decided about payments: by the model, by people who looked at those that were held, and what came out later.
 * Whose payment it was, and what it was decided from, is not told: that is sealed with the person's key.
 */
import type { AssessmentEvent, AssessmentState } from "../../models/assessment/assessment.aggregate";
import type { Fact } from "../../models/kernel/facts";
import type { Commit } from "../../models/kernel/row";
import { integer, keyword, long } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Recording } from "../kernel/records";
import { common } from "./record.projection";

interface Decided extends Fact {
  readonly id: string;
  readonly kind: string;
  readonly model: { readonly name: string; readonly version: number };
  /** Left out in what was decided before it was kept in the open. */
  readonly verdict?: string;
}

interface Attempt extends Fact {
  readonly id: string;
  /** In major units. */
  readonly amount: number;
  readonly stopped: boolean;
}

interface Found extends Fact {
  readonly decisionId: string;
  readonly kind: string;
  readonly label: string;
}

const dataset = { "event.dataset": "stoa.risk" } as const;

function decided(fact: Fact): readonly Json[] {
  const { at, id, kind, model, verdict } = fact as Decided;
  if (kind !== "fraud") return [];
  return [
    {
      ...{ "@timestamp": at, "event.action": "payment.judged", ...dataset, "stoa.decision.id": id },
      ...{ "stoa.decision.verdict": verdict ?? "unknown", "stoa.model.version": `${model.name} ${model.version}` },
    },
  ];
}

/** What it was about: told beside the decision, by the same id. */
function tried(fact: Fact): readonly Json[] {
  const { at, id, amount, stopped } = fact as Attempt;
  return [
    {
      ...{ "@timestamp": at, "event.action": stopped ? "payment.stopped" : "payment.let-through", ...dataset },
      ...{ "stoa.decision.id": id, "stoa.amount_minor": Math.round(amount * 100), "stoa.stopped": stopped ? 1 : 0 },
    },
  ];
}

function cameOut(fact: Fact): readonly Json[] {
  const { at, decisionId, kind, label } = fact as Found;
  if (kind !== "fraud") return [];
  return [
    {
      ...{ "@timestamp": at, "event.action": "payment.outcome", ...dataset },
      ...{ "stoa.decision.id": decisionId, "stoa.decision.outcome": label },
    },
  ];
}

function lookedAt(commit: Commit): readonly Json[] {
  const held = commit.state as AssessmentState;
  if (held.status === "absent") return [];
  return (commit.events as readonly AssessmentEvent[]).map(({ type, data }) => ({
    "@timestamp": commit.occurredAt,
    "event.action": type === "assessment.opened" ? "payment.held" : `payment.${data.status}`,
    ...dataset,
    "stoa.decision.id": held.decisionId,
    "stoa.amount_minor": held.amountMinor,
    "stoa.currency": held.currency,
  }));
}

export const riskRecords: Recording = {
  name: "fraud-decisions",
  revision: 1,
  properties: {
    ...common,
    ...{ "stoa.decision.id": keyword, "stoa.decision.verdict": keyword, "stoa.decision.outcome": keyword },
    ...{ "stoa.model.version": keyword, "stoa.amount_minor": long, "stoa.currency": keyword, "stoa.stopped": integer },
  },
  facts: { decisions: decided, "fraud.attempts": tried, "decision.outcomes": cameOut },
  sources: { assessment: lookedAt },
};
