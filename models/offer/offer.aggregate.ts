import type { Aggregate } from "../kernel/aggregate";
import type { Money } from "../kernel/money";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import type { MakeOffer, OfferCalls, ReviseOffer } from "./offer.contract";

export interface MadeOffer extends MakeOffer {
  readonly status: "open" | "withdrawn";
}

export type OfferState = { readonly status: "absent" } | MadeOffer;

export type OfferEvent =
  | { readonly type: "offer.made"; readonly data: MakeOffer }
  | { readonly type: "offer.repriced"; readonly data: { readonly price: Money; readonly was: Money } }
  | { readonly type: "offer.revised"; readonly data: Omit<ReviseOffer, "id"> }
  | { readonly type: "offer.reverted"; readonly data: Restored<OfferContent> }
  | { readonly type: "offer.withdrawn"; readonly data: object }
  | { readonly type: "offer.restored"; readonly data: object };

/** What an old version brings back: never a price. */
type OfferContent = Omit<ReviseOffer, "id">;

export type OfferCommands = {
  [N in Exclude<keyof OfferCalls, "offer.get" | "offer.peek" | "offer.revert">]: OfferCalls[N]["params"];
} & { readonly "offer.revert": Restoring<OfferContent> };

function existing(state: OfferState): MadeOffer {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such offer.");
  return state;
}

function open(state: OfferState): MadeOffer {
  const offer = existing(state);
  if (offer.status !== "open") return refuse("OFFER_WITHDRAWN", "The offer is withdrawn; restore it first.");
  return offer;
}

const made = (state: OfferState): MadeOffer => state as MadeOffer;

export const offer: Aggregate<OfferState, OfferCommands, OfferEvent> = {
  name: "offer",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "offer.make": (state, params) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This offer exists already.");
      return [{ type: "offer.made", data: params }];
    },
    "offer.reprice": (state, { price }) => {
      const { price: was } = open(state);
      if (price.currency !== was.currency) {
        refuse(
          "OFFER_CURRENCY_FIXED",
          `The offer is priced in ${was.currency}; make another offer to sell in ${price.currency}.`,
        );
      }
      return price.amountMinor === was.amountMinor ? [] : [{ type: "offer.repriced", data: { price, was } }];
    },
    "offer.revise": (state, { id: _id, ...changes }) => {
      open(state);
      return [{ type: "offer.revised", data: changes }];
    },
    "offer.revert": (state, old) => {
      const changes = changesOf(open(state), old);
      return changes === null ? [] : [{ type: "offer.reverted", data: changes }];
    },
    "offer.withdraw": (state) => {
      open(state);
      return [{ type: "offer.withdrawn", data: {} }];
    },
    "offer.restore": (state) => {
      if (existing(state).status !== "withdrawn") refuse("OFFER_NOT_WITHDRAWN", "The offer is open already.");
      return [{ type: "offer.restored", data: {} }];
    },
  },
  evolve: {
    "offer.made": (_state, data) => ({ status: "open", ...data }),
    "offer.repriced": (state, { price }) => ({ ...made(state), price }),
    "offer.revised": (state, changes) => ({ ...made(state), ...changes }),
    "offer.reverted": (state, data) => restoredState(made(state), data),
    "offer.withdrawn": (state) => ({ ...made(state), status: "withdrawn" }),
    "offer.restored": (state) => ({ ...made(state), status: "open" }),
  },
  // a withdrawn offer keeps its SKU: restoring it must not collide with a newer one
  claims: (state) => (state.status === "absent" ? [] : [`offer.sku/${state.sellerId}/${state.sku}`]),
};
