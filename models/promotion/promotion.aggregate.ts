import { definition, type Defined, type DefinitionState } from "../kernel/definition";
import { refuse } from "../refusals";
import type { CreatePromotion, PromotionContent } from "./promotion.contract";

interface PromotionData extends PromotionContent {
  readonly channels: readonly string[];
  /** Null: the mall's own. Never changes. */
  readonly sellerId: string | null;
}

export type KeptPromotion = Defined<PromotionData, "running" | "stopped">;
export type PromotionState = DefinitionState<PromotionData, "running" | "stopped">;

function refuseOdd({ from, to, rule, sellerId }: PromotionData): void {
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

export const promotion = definition({
  ...{ name: "promotion", noun: "promotion" },
  inForce: { status: "running", by: "start", event: "started" },
  setAside: { status: "stopped", by: "stop", event: "stopped" },
  lay: (params: CreatePromotion): PromotionData => ({ ...DEFAULTS, ...params, sellerId: params.sellerId ?? null }),
  check: refuseOdd,
});
