/**
 * Decisions of models: each that touches a person or money is a fact, which can be asked for, explained, and made
 * again. Who decides records it under an id of their own; what became of it is said later, and joined.
 */
import Joi from "../kernel/schema";
import { anyContract, type Contract } from "../kernel/contract";
import { FACT_ID_PATTERN } from "../kernel/facts";
import type { Iso } from "../kernel/row";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";
import {
  decisionHead,
  decisionKindSchema,
  DECISIONS_MAX,
  labelSchema,
  momentSchema,
  newDecisionSchema,
  takenKeys,
  whatSchema,
  type About,
  type DecidedBy,
  type DecisionKind,
  type NewDecision,
  type Outcome,
  type Taken,
} from "./decision.data.contract";
import { PAGE_ID_PATTERN, type NewPage } from "./decision.page.contract";

export interface RecordDecisions {
  readonly decisions: readonly NewDecision[];
}

export interface RecordedDecisions {
  /** Resolved when so many are durable. */
  readonly recorded: number;
}

export interface DecisionId {
  readonly id: string;
}

export interface DecisionView extends DecisionId {
  readonly kind: DecisionKind;
  readonly at: Iso;
  readonly model: DecidedBy;
  readonly subject: string | null;
  readonly about: About;
  /** Null after the person's data was erased. */
  readonly taken: Taken | null;
  /** In words; null where nothing is known any more. */
  readonly explanation: Text | null;
  readonly outcome: Outcome | null;
}

export interface ListDecisions {
  readonly subject?: string;
  readonly about?: string;
  readonly kind?: DecisionKind;
  readonly cursor?: string;
  readonly limit: number;
}

export interface ListedDecisions {
  readonly items: readonly DecisionView[];
  /** Give this as `cursor` to read on; null at the end. */
  readonly next: string | null;
}

export interface SayOutcome extends DecisionId {
  readonly label: string;
  readonly what?: string;
}

export interface Replayed extends DecisionId {
  /** Whether every number came out bit by bit as it was recorded. */
  readonly equal: boolean;
  /** The greatest difference of any number; 0 for equal ones. */
  readonly difference: number;
  readonly recorded: Taken;
  readonly replayed: Taken;
}

/** What who decides answers when they are asked to decide again from what was kept. */
export interface DecideAgain {
  readonly model: DecidedBy;
  readonly about: About;
  readonly taken: Taken;
}

export interface DecisionCalls {
  "decision.record": { params: RecordDecisions; result: RecordedDecisions };
  "decision.recordPage": { params: NewPage; result: RecordedDecisions };
  "decision.get": { params: DecisionId; result: DecisionView };
  "decision.list": { params: ListDecisions; result: ListedDecisions };
  "decision.outcome": { params: SayOutcome; result: Outcome };
  "decision.replay": { params: DecisionId; result: Replayed };
}

/** The query by which who decides does it again: `{ model, about, taken } → Taken`. A further kind is a line here. */
export const DECIDES_AGAIN: Partial<Readonly<Record<DecisionKind, string>>> = {
  fraud: "fraud.again",
  recommendation: "recommendation.again",
  rank: "visitor.rankAgain",
  moderation: "moderation.again",
  sentiment: "sentiment.again",
  category: "listing.again",
  duplicate: "matching.again",
  intent: "intent.again",
};

const id = idSchema.required();
const byId = Joi.object<DecisionId, true>({ id });
const taken = Joi.object<Taken>(takenKeys);
const subjectOf = ({ subject, taken: known }: DecisionView): readonly string[] =>
  subject === null || known === null ? [] : [subject];
export const againSchema = Joi.object<DecideAgain>({
  model: decisionHead.model,
  about: decisionHead.about,
  taken: taken.required(),
});
export const takenSchema = taken;

const outcome = Joi.object<Outcome, true>({
  label: labelSchema.required(),
  what: whatSchema,
  at: momentSchema.required(),
});
// not strict: Joi has no word for read-only lists
const view = Joi.object<DecisionView>({
  ...decisionHead,
  taken: taken.allow(null).required(),
  explanation: textSchema(4_000).allow(null).required(),
  outcome: outcome.allow(null).required(),
});
const cursor = Joi.string().pattern(FACT_ID_PATTERN, "cursor");
const recorded = Joi.object<RecordedDecisions, true>({ recorded: Joi.number().integer().min(0).required() });
const { about: _about, ...pageHead } = decisionHead;
// a page of a hundred hits with every part that they may have
const TOLD_MAX = 400_000;
const path = "/v1/decisions/{id}";

const contract: Contract<DecisionCalls> = {
  aggregate: "decision",
  actions: {
    "decision.record": {
      kind: "procedure",
      permission: "decision.record",
      owner: "platform",
      summary: "Keep decisions that models have taken; answered when they are durable",
      params: Joi.object<RecordDecisions>({
        decisions: Joi.array().items(newDecisionSchema).min(1).max(DECISIONS_MAX).required(),
      }),
      result: recorded,
    },
    "decision.recordPage": {
      kind: "procedure",
      permission: "decision.record",
      owner: "platform",
      summary: "Keep the decisions of one answered page as one fact; answered when they are durable",
      // not strict: Joi has no word for read-only lists
      params: Joi.object<NewPage>({
        ...pageHead,
        id: Joi.string().pattern(PAGE_ID_PATTERN, "id of a page").required(),
        aboutType: decisionHead.about.extract("type"),
        about: Joi.array().items(decisionHead.about.extract("id")).min(1).max(DECISIONS_MAX).required(),
        told: plainText(TOLD_MAX).required(),
      }),
      result: recorded,
    },
    "decision.get": {
      kind: "query",
      permission: "decision.read",
      owner: { field: "subject" },
      summary: "A decision, what it was taken from, and why it came out as it did",
      params: byId,
      result: view,
      discloses: { of: subjectOf },
      http: { method: "GET", path },
    },
    "decision.list": {
      kind: "query",
      permission: "decision.read",
      owner: { field: "subject" },
      summary: "Decisions about somebody or something, newest first",
      params: Joi.object<ListDecisions, true>({
        subject: idSchema,
        about: idSchema,
        kind: decisionKindSchema,
        cursor,
        limit: Joi.number().integer().min(1).max(DECISIONS_MAX).default(20),
      }),
      result: Joi.object<ListedDecisions>({
        items: Joi.array().items(view).max(DECISIONS_MAX).required(),
        next: cursor.allow(null).required(),
      }),
      discloses: { of: ({ items }) => items.flatMap(subjectOf) },
      http: { method: "GET", path: "/v1/decisions" },
    },
    "decision.outcome": {
      kind: "procedure",
      permission: "decision.judge",
      owner: "platform",
      summary: "Say what became of what was decided: a chargeback, a confirmation, a click",
      params: Joi.object<SayOutcome, true>({ id, label: labelSchema.required(), what: whatSchema }),
      result: outcome,
      http: { method: "POST", path: `${path}/outcome` },
    },
    "decision.replay": {
      kind: "query",
      permission: "decision.read",
      owner: "platform",
      summary: "Decide again from what was kept, by the same model, and compare bit by bit",
      params: byId,
      result: Joi.object<Replayed, true>({
        id,
        equal: Joi.boolean().required(),
        difference: Joi.number().unsafe().min(0).required(),
        recorded: taken.required(),
        replayed: taken.required(),
      }),
      // whose it was is said by the decision alone
      discloses: { of: ({ id: decision }) => [`decision-${decision}`] },
      http: { method: "GET", path: `${path}/replay` },
    },
  },
};

export const decisionContract = anyContract(contract);
