/** Commits of the mall's aggregates for tests of the read side, made by the aggregates themselves. */
import { erased, fold, type AnyAggregate } from "../../models/kernel/aggregate";
import { rowId, type Commit, type DomainEvent, type Row } from "../../models/kernel/row";
import type { MakeOffer } from "../../models/offer/offer.contract";
import { offer } from "../../models/offer/offer.aggregate";
import { product } from "../../models/product/product.aggregate";
import type { CreateProduct } from "../../models/product/product.contract";
import { review } from "../../models/review/review.aggregate";
import { stock } from "../../models/stock/stock.aggregate";
import { memoryHistories, type MemoryHistories } from "./memory-histories";

const START_MS = Date.UTC(2026, 0, 1);

const kinds: Readonly<Record<string, AnyAggregate>> = {
  product: erased(product),
  offer: erased(offer),
  stock: erased(stock),
  review: erased(review),
};

export interface Mall {
  readonly histories: Readonly<Record<"product" | "offer" | "stock" | "review", MemoryHistories>>;
  /** Decides, stores and gives the commit. */
  run(action: string, id: string, params: object): Promise<Commit>;
  product(id: string, content?: Partial<CreateProduct>): Promise<Commit>;
  offer(id: string, productId: string, amountMinor: number, more?: Partial<MakeOffer>): Promise<Commit>;
  stock(id: string, at: { productId: string; offerId: string }, quantity: number): Promise<Commit>;
  /** Shown at once. */
  review(id: string, productId: string, rating: number): Promise<Commit>;
  readonly readers: readonly MemoryHistories[];
}

/** A mall in memory. Time goes one minute per commit. */
export function createMall(): Mall {
  const histories = {
    product: memoryHistories("product"),
    offer: memoryHistories("offer"),
    stock: memoryHistories("stock"),
    review: memoryHistories("review"),
  };
  const newest = new Map<string, Row>();
  let minutes = 0;
  const run: Mall["run"] = async (action, id, params) => {
    const name = action.split(".")[0] as keyof typeof histories;
    const aggregate = kinds[name] as AnyAggregate;
    const at = new Date(START_MS + ++minutes * 60_000).toISOString();
    const before = newest.get(`${name}/${id}`);
    const state = before?.state ?? aggregate.initial;
    const decide = aggregate.decide[action] as (state: unknown, params: object, now: string) => readonly DomainEvent[];
    const events = decide(state, params, at);
    const version = (before?.version ?? 0) + 1;
    const row: Row = {
      _id: rowId(id, version),
      aggregateId: id,
      version,
      schema: 1,
      events,
      state: fold(aggregate, state, events),
      command: { id: `c${minutes}`, name: action, paramsHash: "" },
      by: "tester",
      onBehalfOf: null,
      causedBy: null,
      trace: null,
      occurredAt: at,
      committedAt: at,
      hlc: String(minutes).padStart(15, "0"),
      hashFormat: 1,
      hash: "",
      published: false,
    };
    newest.set(`${name}/${id}`, row);
    await histories[name].insert([row], true);
    return { ...row, aggregate: name };
  };
  return {
    histories,
    readers: Object.values(histories),
    run,
    product: (id, content = {}) =>
      run("product.create", id, { title: { en: `Thing ${id}` }, channels: ["main"], publish: true, ...content }),
    offer: (id, productId, amountMinor, more = {}) =>
      run("offer.make", id, {
        productId,
        sellerId: "seller-1",
        sku: id,
        price: { amountMinor, currency: "EUR" },
        condition: "new",
        ...more,
      }),
    stock: (id, at, quantity) => run("stock.receive", id, { ...at, sellerId: "seller-1", location: "main", quantity }),
    review: (id, productId, rating) =>
      run("review.write", id, {
        ...{ orderId: `order-of-${id}`, lineId: "l1", rating, title: "So", text: "So it is", language: "en" },
        ...{ productId, variantId: null, sellerId: "seller-1", channelId: "main", customerId: `customer-of-${id}` },
        ...{ judgement: { by: "model", decisionId: null, because: [], verdict: "publish" }, reading: null },
      }),
  };
}
