import type { Aggregate } from "../kernel/aggregate";
import type { Money } from "../kernel/money";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { MakeOffer, OfferCalls, ReviseOffer } from "./offer.contract";
import { joinable, joined, stepped, type PriceStep } from "./offer.prices.contract";

export interface MadeOffer extends MakeOffer {
  readonly status: "open" | "withdrawn";
  /** What it cost lately, in business time; of an offer that was made before this was kept, only what came after. */
  readonly prices?: readonly PriceStep[];
}

/** When it happened, in business time: prices are told of by the days on which they held. */
interface At {
  readonly at?: Iso;
}

export type OfferState = { readonly status: "absent" } | MadeOffer;

interface Repriced extends At {
  readonly price: Money;
  readonly was: Money;
  /** Two former prices that followed each other within a minute are kept as one. Left out: they are not. */
  readonly joins?: true;
}

export type OfferEvent =
  | { readonly type: "offer.made"; readonly data: MakeOffer & At }
  | { readonly type: "offer.repriced"; readonly data: Repriced }
  | { readonly type: "offer.revised"; readonly data: Omit<ReviseOffer, "id"> }
  | { readonly type: "offer.reverted"; readonly data: Restored<OfferContent> }
  | { readonly type: "offer.withdrawn"; readonly data: At }
  | { readonly type: "offer.restored"; readonly data: At };

/** What an old version brings back: never a price. */
type OfferContent = Omit<ReviseOffer, "id">;

type OfferQuery = "offer.get" | "offer.peek" | "offer.terms" | "offer.price" | "offer.list" | "offer.stock";

export type OfferCommands = {
  [N in Exclude<keyof OfferCalls, OfferQuery | "offer.revert">]: OfferCalls[N]["params"];
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

/** The offer with one more step in what it cost. */
function priced(offer: MadeOffer, at: Iso | undefined): MadeOffer {
  if (at === undefined) return offer;
  const amountMinor = offer.status === "open" ? offer.price.amountMinor : null;
  return { ...offer, prices: stepped(offer.prices ?? [], { at, amountMinor }) };
}

export const offer: Aggregate<OfferState, OfferCommands, OfferEvent> = {
  name: "offer",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "offer.make": (state, params, at) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This offer exists already.");
      return [{ type: "offer.made", data: { ...params, at } }];
    },
    "offer.reprice": (state, { price }, at) => {
      const { price: was, prices = [] } = open(state);
      if (price.currency !== was.currency) {
        refuse(
          "OFFER_CURRENCY_FIXED",
          `The offer is priced in ${was.currency}; make another offer to sell in ${price.currency}.`,
        );
      }
      if (price.amountMinor === was.amountMinor) return [];
      // said by the event: histories from before this was done are folded as they were
      const joins = joinable(prices) && ({ joins: true } as const);
      return [{ type: "offer.repriced", data: { price, was, at, ...joins } }];
    },
    "offer.revise": (state, { id: _id, ...changes }) => {
      open(state);
      return [{ type: "offer.revised", data: changes }];
    },
    "offer.revert": (state, old) => {
      const changes = changesOf(open(state), old);
      return changes === null ? [] : [{ type: "offer.reverted", data: changes }];
    },
    "offer.withdraw": (state, _params, at) => {
      open(state);
      return [{ type: "offer.withdrawn", data: { at } }];
    },
    "offer.restore": (state, _params, at) => {
      if (existing(state).status !== "withdrawn") refuse("OFFER_NOT_WITHDRAWN", "The offer is open already.");
      return [{ type: "offer.restored", data: { at } }];
    },
  },
  evolve: {
    "offer.made": (_state, { at, ...terms }) => priced({ status: "open", ...terms }, at),
    "offer.repriced": (state, { price, at, joins }) => {
      const known = { ...made(state), price };
      return priced(joins && known.prices ? { ...known, prices: joined(known.prices) } : known, at);
    },
    "offer.revised": (state, changes) => ({ ...made(state), ...changes }),
    "offer.reverted": (state, data) => restoredState(made(state), data),
    "offer.withdrawn": (state, { at }) => priced({ ...made(state), status: "withdrawn" }, at),
    "offer.restored": (state, { at }) => priced({ ...made(state), status: "open" }, at),
  },
  // a withdrawn offer keeps its SKU: restoring it must not collide with a newer one
  claims: (state) => (state.status === "absent" ? [] : [`offer.sku/${state.sellerId}/${state.sku}`]),
};
