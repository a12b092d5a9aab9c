import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { CreateShipping, ReviseShipping, ShippingContent, ShippingId } from "./shipping.contract";

export interface OfferedShipping extends ShippingContent {
  readonly status: "offered" | "retired";
  /** Null: the mall's, for what every seller sends. */
  readonly sellerId: string | null;
}

export type ShippingState = { readonly status: "absent" } | OfferedShipping;

export type ShippingEvent =
  | { readonly type: "shipping.created"; readonly data: Omit<OfferedShipping, "status"> }
  | { readonly type: "shipping.revised"; readonly data: Partial<ShippingContent> }
  | { readonly type: "shipping.retired"; readonly data: object }
  | { readonly type: "shipping.reinstated"; readonly data: object };

export interface ShippingCommands {
  "shipping.create": CreateShipping;
  "shipping.revise": ReviseShipping;
  "shipping.retire": ShippingId;
  "shipping.reinstate": ShippingId;
}

function existing(state: ShippingState): OfferedShipping {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such way of shipping.");
  return state;
}

const offered = (state: ShippingState): OfferedShipping => state as OfferedShipping;

export const shipping: Aggregate<ShippingState, ShippingCommands, ShippingEvent> = {
  name: "shipping",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "shipping.create": (state, { sellerId = null, ...content }) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This way of shipping exists already.");
      return [{ type: "shipping.created", data: { ...content, sellerId } }];
    },
    "shipping.revise": (state, { id: _id, ...changes }) => {
      existing(state);
      return [{ type: "shipping.revised", data: changes }];
    },
    "shipping.retire": (state) =>
      existing(state).status === "retired" ? [] : [{ type: "shipping.retired", data: {} }],
    "shipping.reinstate": (state) =>
      existing(state).status === "offered" ? [] : [{ type: "shipping.reinstated", data: {} }],
  },
  evolve: {
    "shipping.created": (_state, data) => ({ status: "offered", ...data }),
    "shipping.revised": (state, changes) => ({ ...offered(state), ...changes }),
    "shipping.retired": (state) => ({ ...offered(state), status: "retired" }),
    "shipping.reinstated": (state) => ({ ...offered(state), status: "offered" }),
  },
};
