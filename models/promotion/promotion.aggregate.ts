import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { CreatePromotion, PromotionContent, PromotionId, RevisePromotion } from "./promotion.contract";

export interface KeptPromotion extends PromotionContent {
  readonly status: "running" | "stopped";
  readonly channels: readonly string[];
  /** Null: the mall's own. Never changes. */
  readonly sellerId: string | null;
}

export type PromotionState = { readonly status: "absent" } | KeptPromotion;

export type PromotionEvent =
  | { readonly type: "promotion.created"; readonly data: Omit<KeptPromotion, "status"> }
  | { readonly type: "promotion.revised"; readonly data: Partial<PromotionContent> }
  | { readonly type: "promotion.started"; readonly data: object }
  | { readonly type: "promotion.stopped"; readonly data: object };

export interface PromotionCommands {
  "promotion.create": CreatePromotion;
  "promotion.revise": RevisePromotion;
  "promotion.start": PromotionId;
  "promotion.stop": PromotionId;
}

function existing(state: PromotionState): KeptPromotion {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such promotion.");
  return state;
}

const kept = (state: PromotionState): KeptPromotion => state as KeptPromotion;

function refuseOdd({ from, to, rule }: Pick<PromotionContent, "from" | "to" | "rule">, sellerId: string | null): void {
  const over = from !== null && to !== null && to <= from;
  if (over) refuse("PROMOTION_ODD", "The promotion would end before it begins.");
  const { sellerIds = [] } = rule.scope ?? {};
  if (sellerId !== null && sellerIds.some((id) => id !== sellerId)) {
    refuse("PROMOTION_ODD", "A seller's promotion reduces what that seller sells: leave the other sellers out.");
  }
}

/** What is left out: at once, for everybody, beside others, as often as one likes. */
const DEFAULTS = {
  ...{ byCoupon: false, priority: 0, exclusive: false },
  ...{ from: null, to: null, usesMax: null, usesPerCustomerMax: null },
} as const;

export const promotion: Aggregate<PromotionState, PromotionCommands, PromotionEvent> = {
  name: "promotion",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "promotion.create": (state, { sellerId = null, ...params }) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This promotion exists already.");
      const data = { ...DEFAULTS, ...params, sellerId };
      refuseOdd(data, sellerId);
      return [{ type: "promotion.created", data }];
    },
    "promotion.revise": (state, { id: _id, ...changes }) => {
      const before = existing(state);
      refuseOdd({ ...before, ...changes }, before.sellerId);
      return [{ type: "promotion.revised", data: changes }];
    },
    "promotion.start": (state) =>
      existing(state).status === "running" ? [] : [{ type: "promotion.started", data: {} }],
    "promotion.stop": (state) =>
      existing(state).status === "stopped" ? [] : [{ type: "promotion.stopped", data: {} }],
  },
  evolve: {
    "promotion.created": (_state, data) => ({ status: "running", ...data }),
    "promotion.revised": (state, changes) => ({ ...kept(state), ...changes }),
    "promotion.started": (state) => ({ ...kept(state), status: "running" }),
    "promotion.stopped": (state) => ({ ...kept(state), status: "stopped" }),
  },
};
