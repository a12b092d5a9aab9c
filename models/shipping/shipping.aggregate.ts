import { definition, type Defined, type DefinitionState } from "../kernel/definition";
import type { CreateShipping, ShippingContent } from "./shipping.contract";

interface ShippingData extends ShippingContent {
  /** Null: the mall's, for what every seller sends. */
  readonly sellerId: string | null;
}

export type OfferedShipping = Defined<ShippingData, "offered" | "retired">;
export type ShippingState = DefinitionState<ShippingData, "offered" | "retired">;

export const shipping = definition({
  ...{ name: "shipping", noun: "way of shipping" },
  inForce: { status: "offered", by: "reinstate", event: "reinstated" },
  setAside: { status: "retired", by: "retire", event: "retired" },
  lay: (params: CreateShipping): ShippingData => ({ ...params, sellerId: params.sellerId ?? null }),
});
