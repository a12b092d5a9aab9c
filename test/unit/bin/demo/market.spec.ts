import { problemWith } from "../../../../bin/import/check";
import { marketOf, marketProduct } from "../../../../bin/demo/market";
import { shopPrice } from "../../../../bin/demo/offers";
import { inStoreEan } from "../../../../bin/demo/product";
import { seeded } from "../../../../bin/demo/random";
import { SELLERS } from "../../../../bin/demo/sellers";
import { definitionsOf } from "../../../../bin/demo/attributes";
import { categoryIdOf, foundingOf, sellerIdOf } from "../../../../bin/demo/founding";
import { CATEGORIES } from "../../../../bin/demo/goods/goods";
import { stepsOf, type Guided } from "../../../../models/seller/guide.contract";
import type { Dated } from "../../../../bin/demo/history";
import { evolveOne, erased, type AnyAggregate } from "../../../../models/kernel/aggregate";
import { offer } from "../../../../models/offer/offer.aggregate";
import { product } from "../../../../models/product/product.aggregate";
import { stock } from "../../../../models/stock/stock.aggregate";
import { stockIdOf } from "../../../../models/stock/stock.contract";
import type { CreateProduct, Variant } from "../../../../models/product/product.contract";
import { idMadeBy } from "../../../../bin/client/keys";
import { drawing } from "../../../../services/gateway/pictures";

const untilMs = Date.parse("2026-03-01T00:00:00.000Z");
const options = {
  seed: 1,
  products: 240,
  principalId: "admin",
  channelId: "channel",
  untilMs,
};
const market = [...marketOf(options)];
const commands = market.flatMap(({ rounds }) => rounds.flat());
const paramsOf = (action: string) => commands.filter((c) => c.action === action).map(({ params }) => params);
const field = (name: string, of: readonly object[]) =>
  new Set(of.map((params) => JSON.stringify((params as Record<string, unknown>)[name])));

it("is the same for the same seed and another for another", () => {
  expect([...marketOf(options)]).toEqual(market);
  expect([...marketOf({ ...options, seed: 2 })]).not.toEqual(market);
});

it("makes any product by itself: what a killed fill has done can be left out", () => {
  expect(marketProduct(options, 117)).toEqual(market[117]);
  expect([...marketOf({ ...options, products: 30 })]).toEqual(market.slice(0, 30));
});

it("holds only commands that the contracts allow", () => {
  expect(commands.map(problemWith).filter((problem) => problem !== null)).toEqual([]);
});

/** The aggregate that a command concerns, by the name that the mall will give it. */
function concerned({ action, params, idempotencyKey }: Dated): string {
  const { id, offerId, location } = params as { id?: string; offerId?: string; location?: string };
  if (location !== undefined) return stockIdOf({ offerId: offerId ?? "", location });
  return id ?? idMadeBy(options.principalId, action, idempotencyKey);
}

const rules = new Map(
  CATEGORIES.map((category) => {
    const id = categoryIdOf(options, category.path);
    return [id, { id, attributes: definitionsOf(category) }];
  }),
);

interface Known {
  readonly state: unknown;
  readonly at: string;
}

const byName = new Map<string, AnyAggregate>(
  [erased(product), erased(offer), erased(stock)].map((aggregate) => [aggregate.name, aggregate]),
);

/** What the command leads to, with what the service adds to its params. */
function told(aggregate: AnyAggregate, before: Known, command: Dated): Known {
  const { categoryId = "" } = { ...(before.state as object), ...command.params } as CreateProduct;
  const params = { ...command.params, ...(aggregate.name === "product" ? { rules: rules.get(categoryId) } : {}) };
  const events = aggregate.decide[command.action]?.(before.state, params, command.occurredAt) ?? [];
  expect(events.length).toBeGreaterThan(0);
  expect(command.occurredAt > before.at).toBe(true);
  const state = events.reduce((reached, event) => evolveOne(aggregate, reached, event), before.state);
  return { state, at: command.occurredAt };
}

it("tells stories that the aggregates accept, forward in time and before its end", () => {
  const known = new Map<string, Known>();
  for (const command of commands) {
    const aggregate = byName.get(command.action.split(".")[0] ?? "") as AnyAggregate;
    const key = `${aggregate.name}/${concerned(command)}`;
    known.set(key, told(aggregate, known.get(key) ?? { state: aggregate.initial, at: "" }, command));
  }
  const last = [...known.values()].map(({ at }) => at).sort().at(-1) ?? ""; // prettier-ignore
  expect(Date.parse(last)).toBeLessThan(untilMs + 3_600_000);
  expect(
    commands
      .map(({ occurredAt }) => occurredAt)
      .sort()[0]
      ?.slice(0, 4),
  ).toBe("2025");
});

it("rests on categories as a tree and on sellers who may be let in", () => {
  const rounds = foundingOf(options);
  expect(
    rounds
      .flat()
      .map(problemWith)
      .filter((problem) => problem !== null),
  ).toEqual([]);
  const of = (action: string) => rounds.flat().filter((command) => command.action === action);
  expect(of("category.create")).toHaveLength(12 + 7);
  expect(of("seller.approve").map(({ params }) => (params as { id: string }).id)).toEqual(
    SELLERS.map(({ slug }) => sellerIdOf(options, slug)),
  );
  const sold = new Set((paramsOf("offer.make") as { sellerId: string }[]).map(({ sellerId }) => sellerId));
  expect([...sold].filter((id) => !SELLERS.some(({ slug }) => sellerIdOf(options, slug) === id))).toEqual([]);
  // numbers with check digits: nothing is missing, nothing wrong, nothing left for a person to look at
  for (const { params } of of("seller.save")) {
    const said = { name: "x", country: "DE", form: "company", ...params } as Guided;
    expect(stepsOf(said).map(({ state }) => state)).toEqual(["done", "done", "done", "done", "done"]);
  }
  expect(
    field(
      "tax",
      of("seller.save").map(({ params }) => params),
    ).size,
  ).toBe(SELLERS.length);
});

it("puts into one round only what concerns different aggregates", () => {
  for (const { rounds } of market) {
    for (const round of rounds) {
      const names = round.map((command) => `${command.action.split(".")[0] ?? ""}/${concerned(command)}`);
      expect(new Set(names).size).toBe(names.length);
    }
  }
});

it("sells the variants that products have", () => {
  for (const { rounds } of market) {
    const [create, ...rest] = rounds.flat();
    const variants: readonly Variant[] = (create?.params as CreateProduct).variants ?? [];
    const ids = variants.map(({ id }) => id);
    for (const { params } of rest.filter(({ action }) => action === "offer.make")) {
      const { variantId } = params as { variantId?: string };
      expect(variantId === undefined ? ids.length === 0 : ids.includes(variantId)).toBe(true);
    }
  }
});

it("uses every key once, and no seller's article number twice", () => {
  expect(new Set(commands.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(commands.length);
  const skus = (paramsOf("offer.make") as { sellerId: string; sku: string }[]).map((o) => `${o.sellerId}/${o.sku}`);
  expect(new Set(skus).size).toBe(skus.length);
});

it("is a market: twelve categories, forty sellers, several locations, and both languages everywhere", () => {
  const creates = paramsOf("product.create");
  expect(creates).toHaveLength(240);
  expect(field("categoryPath", creates).size).toBe(12);
  expect(field("title", creates).size).toBe(240);
  for (const params of creates) {
    const { title, description, media } = params as CreateProduct;
    const languages = [title, description ?? {}].map((text) => Object.keys(text));
    expect(languages).toEqual([languages[0], languages[0]]);
    expect(languages[0]).toEqual(["en", "de"]);
    expect(drawing(media?.[0]?.url.replace("/pictures/", "") ?? "")).toMatch(/^<svg /);
  }
  expect(field("sellerId", paramsOf("offer.make")).size).toBe(SELLERS.length);
  expect(SELLERS).toHaveLength(40);
  expect(field("location", paramsOf("stock.receive")).size).toBe(6);
});

it("has a year to tell of: every kind of change happens", () => {
  const changes = ["offer.reprice", "offer.withdraw", "offer.restore", "product.revise", "product.withdraw"];
  for (const action of [...changes, "product.restore", "stock.count", "stock.adjust"]) {
    expect({ action, some: paramsOf(action).length > 0 }).toEqual({ action, some: true });
  }
  // the size that is stated in the README: 2,000 products make about 35,400 rows
  expect(commands.length / market.length).toBeGreaterThan(15);
  expect(commands.length / market.length).toBeLessThan(21);
});

it("ends prices on 90 and never below", () => {
  expect([1, 1_234, 99_950].map(shopPrice)).toEqual([90, 1_190, 99_990]);
});

it("gives EANs their check digit", () => {
  const digits = [...Array.from(inStoreEan(4_711), Number)];
  const sum = digits.reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 1 : 3), 0);
  expect(digits).toHaveLength(13);
  expect(sum % 10).toBe(0);
});

it("draws evenly and within bounds", () => {
  const random = seeded(7);
  const drawn = Array.from({ length: 3_000 }, () => random.whole(1, 3));
  for (const n of [1, 2, 3]) {
    const share = drawn.filter((one) => one === n).length;
    expect(share).toBeGreaterThan(900);
    expect(share).toBeLessThan(1_100);
  }
  expect(random.some([1, 2, 3], 2)).toHaveLength(2);
  expect(random.some([1, 2, 3], 9)).toEqual([1, 2, 3]);
  expect(() => random.pick([])).toThrow(RangeError);
});
