/**
 * A seller's desk: what the mall counts of visitors on their way to a purchase, by the hour, and what it has noticed
 * that the seller should look at. Both are told by the mall itself, never by the seller; both are shown live.
 */
import Joi from "../kernel/schema";
import { anyContract, type Contract, type Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema } from "../kernel/text";

export interface DeskOf {
  readonly sellerId: string;
}

/** Visitors' steps; a product counts for the seller whose offer is proposed first. */
export interface Steps {
  readonly views: number;
  readonly carts: number;
  readonly checkouts: number;
}

export interface CountSteps extends DeskOf, Steps {
  /** In UTC: `2026-01-31T09` */
  readonly hour: string;
}

/** Somebody else's offer is proposed first for what the seller has on hand. */
export interface PriceNotice {
  readonly kind: "price";
  readonly productId: string;
  readonly currency: string;
  readonly ownMinor: number;
  readonly bestMinor: number;
}

/** Payments are riskier than usual: for a product of the seller, or for all of the seller's (null). */
export interface RiskNotice {
  readonly kind: "risk";
  readonly productId: string | null;
  /** Mean probability of fraud of the last day, and the usual one. */
  readonly risk: number;
  readonly usual: number;
}

export type Notice = PriceNotice | RiskNotice;

/** All that there is to notice now; what was noticed before and is not among it is over. */
export interface NoteDesk extends DeskOf {
  readonly notices: readonly Notice[];
}

/** What visitors did within a stretch of time, by product. */
export interface StepsOfProduct extends Steps {
  readonly productId: string;
}

export interface TellVisits {
  /** When it began; nothing of one stretch is counted twice. */
  readonly from: string;
  readonly products: readonly StepsOfProduct[];
}

export interface Visited {
  /** For whom something was counted. */
  readonly sellers: number;
}

export interface Looked {
  readonly notices: readonly Notice[];
}

export interface DeskCalls {
  "desk.count": { params: CountSteps; result: Receipt };
  "desk.note": { params: NoteDesk; result: Receipt };
  "desk.visited": { params: TellVisits; result: Visited };
  "desk.look": { params: DeskOf; result: Looked };
}

export const deskIdOf = ({ sellerId }: DeskOf): string => derivedId("desk", sellerId);

export const noticeKey = ({ kind, productId }: Notice): string => `${kind}|${productId ?? ""}`;

/** What presses most is kept. */
export const NOTICES_MAX = 50;
export const VISITED_MAX = 500;

const id = idSchema.required();
const count = Joi.number().integer().min(0).max(1_000_000_000).required();
const amount = Joi.number()
  .integer()
  .min(0)
  .max(AMOUNT_MINOR_MAX * 100)
  .required();
const share = Joi.number().min(0).max(1).required();
const steps = { views: count, carts: count, checkouts: count };

const notice = Joi.alternatives<Notice>(
  Joi.object<PriceNotice, true>({
    ...{ kind: Joi.string<"price">().valid("price").required(), productId: id },
    ...{ currency: currencySchema.required(), ownMinor: amount, bestMinor: amount },
  }),
  Joi.object<RiskNotice, true>({
    ...{ kind: Joi.string<"risk">().valid("risk").required(), productId: idSchema.allow(null).required() },
    ...{ risk: share, usual: share },
  }),
);
// not strict: Joi has no word for read-only lists
const notices = Joi.array().items(notice).max(NOTICES_MAX).required();
const inside = { permission: "desk.tell", owner: "platform" } as const;

const contract: Contract<DeskCalls> = {
  aggregate: "desk",
  actions: {
    "desk.count": {
      ...inside,
      kind: "command",
      keyOf: deskIdOf,
      summary: "Count visitors on their way to a purchase from a seller",
      params: Joi.object<CountSteps, true>({
        sellerId: id,
        hour: Joi.string()
          .pattern(/^\d{4}-\d\d-\d\dT\d\d$/, "hour")
          .required(),
        ...steps,
      }),
    },
    "desk.note": {
      ...inside,
      kind: "command",
      keyOf: deskIdOf,
      summary: "Note what a seller should look at now",
      params: Joi.object<NoteDesk>({ sellerId: id, notices }),
    },
    "desk.visited": {
      ...inside,
      kind: "procedure",
      summary: "Count what visitors did for the sellers whose offers they were shown",
      params: Joi.object<TellVisits>({
        from: Joi.string().isoDate().max(30).required(),
        products: Joi.array()
          .items(Joi.object<StepsOfProduct, true>({ productId: id, ...steps }))
          .max(VISITED_MAX)
          .required(),
      }),
      result: Joi.object<Visited, true>({ sellers: count }),
    },
    "desk.look": {
      kind: "procedure",
      key: "sellerId",
      summary: "Look for what a seller should know: lost to a better offer, or risky",
      params: Joi.object<DeskOf, true>({ sellerId: id }),
      result: Joi.object<Looked>({ notices }),
      permission: "order.fulfil",
      owner: { field: "sellerId" },
      http: { method: "POST", path: "/v1/sellers/{sellerId}/desk/look" },
    },
  },
};

export const deskContract = anyContract(contract);
