/**
 * Whether a visit will end in a purchase, and what the shop does about it: a decision that is kept, explained,
 * taken again, and held against what became of the visit. Of who does not want to be known nothing is kept.
 */
import Joi from "../kernel/schema";
import { againSchema, takenSchema, type DecideAgain } from "../decision/decision.contract";
import type { DecisionReason, Taken } from "../decision/decision.data.contract";
import { anyContract, PUBLIC, type Contract } from "../kernel/contract";
import { idSchema, plainText, textSchema } from "../kernel/text";
import { trainedSchema, type ModelId, type Trained } from "../model/model.contract";
import { visitorIdSchema, type OneVisitor } from "../visitor/visitor.contract";

/** `buying`: about to; `looking`: not yet; `unknown`: nobody is known to be there. */
export const INTENTS = ["buying", "looking", "unknown"] as const;
export type IntentVerdict = (typeof INTENTS)[number];

export interface IntentView {
  readonly verdict: IntentVerdict;
  /** That the visit ends in a purchase; null where it is unknown. */
  readonly probability: number | null;
  /** What kind of proposal helps now. */
  readonly propose: "complete" | "similar";
  readonly reasons: readonly DecisionReason[];
  readonly decisionId: string | null;
}

export interface BoughtVisit {
  /** Of visits that ended in a purchase. */
  readonly visits: readonly string[];
}

export interface IntentCalls {
  "intent.ask": { params: Partial<OneVisitor>; result: IntentView };
  "intent.bought": { params: BoughtVisit; result: { readonly said: number } };
  "intent.again": { params: DecideAgain; result: Taken };
  "intent.train": { params: Pick<ModelId, "id">; result: Trained };
}

const VISITS_MAX = 100;

const contract: Contract<IntentCalls> = {
  aggregate: "intent",
  actions: {
    "intent.ask": {
      kind: "query",
      permission: PUBLIC,
      owner: "platform",
      summary: "How likely this visit ends in a purchase, and what helps now",
      params: Joi.object<Partial<OneVisitor>, true>({ visitorId: visitorIdSchema }),
      // not strict: Joi has no word for read-only lists
      result: Joi.object<IntentView>({
        verdict: Joi.string()
          .valid(...INTENTS)
          .required(),
        probability: Joi.number().min(0).max(1).allow(null).required(),
        propose: Joi.string().valid("complete", "similar").required(),
        reasons: Joi.array()
          .items(Joi.object<DecisionReason, true>({ code: plainText(64).required(), text: textSchema(500).required() }))
          .max(3)
          .required(),
        decisionId: idSchema.allow(null).required(),
      }),
      http: { method: "GET", path: "/v1/visits/intent" },
    },
    "intent.bought": {
      kind: "procedure",
      permission: "visitor.keep",
      owner: "platform",
      summary: "Say of visits that they ended in a purchase",
      params: Joi.object<BoughtVisit>({ visits: Joi.array().items(idSchema).max(VISITS_MAX).required() }),
      result: Joi.object({ said: Joi.number().integer().min(0).required() }),
    },
    "intent.again": {
      kind: "query",
      permission: "decision.again",
      owner: "platform",
      summary: "Judge a visit again from what was kept of it",
      params: againSchema,
      result: takenSchema,
    },
    "intent.train": {
      kind: "procedure",
      permission: "model.train",
      owner: "platform",
      summary: "Learn from past visits and how they ended",
      params: Joi.object<Pick<ModelId, "id">, true>({ id: Joi.string<"intent">().valid("intent").required() }),
      result: trainedSchema as never,
    },
  },
};

export const intentContract = anyContract(contract);
