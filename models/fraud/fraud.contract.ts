/**
 * The risk of a payment at checkout, judged between reserving and authorising: what is known of customer, card, device,
 * address and seller, a model, the mall's policy. The decision is durable before the answer, or, for who asks for it
 * early, before who asks again is answered: nothing may be done by it until then. The answer is the same however often
 * it is asked for.
 */
import Joi from "../kernel/schema";
import { addressSchema, contactSchema, type Address, type Contact } from "../cart/cart.quote.contract";
import { listenerSchema, type Listener } from "../assessment/assessment.contract";
import { againSchema, takenSchema, type DecideAgain } from "../decision/decision.contract";
import type { Taken } from "../decision/decision.data.contract";
import { anyContract, type Contract } from "../kernel/contract";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";
import { deviceCode } from "./fraud.device.contract";
import { riskWarningsSchema, type RiskWarnings } from "./fraud.warnings.contract";
import { trainedSchema, type ModelId, type Trained } from "../model/model.contract";

export interface AssessPayment {
  /** Of a payment for more of an order: the supplement. */
  readonly checkoutId: string;
  /** Of the checkout: goods may have been looked for anew. */
  readonly round: number;
  readonly customerId: string | null;
  /** Under whose key it is kept: the customer's; of somebody whom nobody knows, their cart's. */
  readonly subject: string;
  readonly contact: Contact | null;
  readonly address: Address | null;
  readonly sellerId: string;
  readonly provider: string;
  readonly method: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** Who waits for the answer of a person, and goes on with it; left out: the checkout. */
  readonly listener?: Listener;
  /**
   * Whoever is let through may be told before it is durable: ask again, without this, before anything acts by it. For
   * `review` nobody is asked to look yet.
   */
  readonly early?: boolean;
  /** A code of the browser that it was begun in, where it told which it is. */
  readonly device?: string;
  /** The first ones of what is bought. */
  readonly productIds?: readonly string[];
}

export const RISK_PRODUCTS_MAX = 20;

/** What is not allowed is refused: CHECKOUT_BLOCKED. */
export interface Assessed {
  /** `challenge`: the customer has to prove who they are. `review`: a person looks at it, ask again later. */
  readonly outcome: "allow" | "challenge" | "review";
  readonly decisionId: string;
}

export interface FraudCalls {
  "fraud.assess": { params: AssessPayment; result: Assessed };
  "fraud.warnings": { params: Record<string, never>; result: RiskWarnings };
  "fraud.again": { params: DecideAgain; result: Taken };
  "fraud.train": { params: Pick<ModelId, "id">; result: Trained };
}

const id = idSchema.required();

const contract: Contract<FraudCalls> = {
  aggregate: "fraud",
  actions: {
    "fraud.assess": {
      kind: "procedure",
      key: "checkoutId",
      permission: "fraud.assess",
      owner: "platform",
      summary: "Judge the risk of a payment before it is authorised",
      params: Joi.object<AssessPayment>({
        checkoutId: id,
        round: Joi.number().integer().min(1).required(),
        customerId: idSchema.allow(null).required(),
        subject: id,
        contact: contactSchema.allow(null).required(),
        address: addressSchema.allow(null).required(),
        sellerId: id,
        provider: plainText(32).required(),
        method: plainText(200).allow("").required(),
        amountMinor: Joi.number()
          .integer()
          .min(0)
          .max(AMOUNT_MINOR_MAX * 4)
          .required(),
        currency: currencySchema.required(),
        listener: listenerSchema,
        early: Joi.boolean(),
        device: deviceCode,
        productIds: Joi.array().items(idSchema).max(RISK_PRODUCTS_MAX),
      }),
      result: Joi.object<Assessed, true>({
        outcome: Joi.string().valid("allow", "challenge", "review").required(),
        decisionId: id,
      }),
    },
    "fraud.warnings": {
      kind: "query",
      permission: "fraud.read",
      owner: "platform",
      summary: "Sellers, products and regions whose payments of the last day are riskier than usual",
      params: Joi.object<Record<string, never>, true>({}),
      result: riskWarningsSchema,
      http: { method: "GET", path: "/v1/fraud/warnings" },
    },
    "fraud.again": {
      kind: "query",
      permission: "decision.again",
      owner: "platform",
      summary: "Judge a payment again from what was kept of it",
      params: againSchema,
      result: takenSchema,
    },
    "fraud.train": {
      kind: "procedure",
      permission: "model.train",
      owner: "platform",
      summary: "Learn from past payments and what became of them",
      params: Joi.object<Pick<ModelId, "id">, true>({ id: Joi.string<"fraud">().valid("fraud").required() }),
      result: trainedSchema as never,
    },
  },
};

export const fraudContract = anyContract(contract);
