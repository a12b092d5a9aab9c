/** Promises of the aggregates' types: impossible states, events and commands do not compile. */
import type { Aggregate } from "../../models/kernel/aggregate";
import { offer, type OfferEvent, type OfferState } from "../../models/offer/offer.aggregate";
import type { ProductEvent, ProductState } from "../../models/product/product.aggregate";
import type { StockState } from "../../models/stock/stock.aggregate";

const described = { title: { en: "Lamp" }, channels: [] };

// what is published says since when
// @ts-expect-error -- publishedAt is missing
export const published: ProductState = { status: "published", ...described };

// a draft has no date of publication
// @ts-expect-error -- publishedAt belongs to what is shown
export const draft: ProductState = { status: "draft", publishAt: null, publishedAt: "2026-01-01", ...described };

// only a draft waits to be published
// @ts-expect-error -- publishAt belongs to a draft
export const shown: ProductState = { status: "withdrawn", publishedAt: "", publishAt: "2026-01-01", ...described };

// nothing is known of what does not exist
// @ts-expect-error -- an absent stock has no quantity
export const absent: StockState = { status: "absent", onHand: 0 };

// a state is asked what it is before it is asked for more
// @ts-expect-error -- price exists only once the offer was made
export type Price = OfferState["price"];

// states are not changed, they follow from events
export const change = (state: Extract<OfferState, { status: "open" | "withdrawn" }>): void => {
  // @ts-expect-error -- readonly
  state.status = "withdrawn";
};

// an event carries what its type says
// @ts-expect-error -- a price is an amount with its currency
export const repriced: OfferEvent = { type: "offer.repriced", data: { price: 1999, was: 1899 } };

// an event has happened: there is none by the name of a command
// @ts-expect-error -- product.publish is a command
export const event: ProductEvent = { type: "product.publish", data: { at: "" } };

// a command is decided on its own params
const { "offer.reprice": reprice } = offer.decide;
// @ts-expect-error -- there is no price
reprice({ status: "absent" }, { id: "o1" }, "");

type Ping = { readonly type: "thing.pinged"; readonly data: { readonly n: number } };

// every event is evolved
export const deaf: Aggregate<number, { "thing.ping": object }, Ping> = {
  name: "thing",
  schema: 1,
  initial: 0,
  decide: { "thing.ping": () => [{ type: "thing.pinged", data: { n: 1 } }] },
  // @ts-expect-error -- thing.pinged is missing
  evolve: {},
};

// every command is decided
export const idle: Aggregate<number, { "thing.ping": object }, Ping> = {
  name: "thing",
  schema: 1,
  initial: 0,
  // @ts-expect-error -- thing.ping is missing
  decide: {},
  evolve: { "thing.pinged": (state, { n }) => state + n },
};
