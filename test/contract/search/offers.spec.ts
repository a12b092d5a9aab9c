/** Search over products with several offers, held against counting by hand over the same products. */
import { createIndexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import { offerQueries } from "../../../indexers/offer/offers.query";
import { offers as offersProjection } from "../../../indexers/offer/offers.projection";
import { products } from "../../../indexers/product/products.projection";
import { productQueries } from "../../../indexers/product/products.query";
import { directoryOf } from "../../../indexers/seller/sellers.directory.query";
import type { Commit } from "../../../models/kernel/row";
import type { Condition } from "../../../models/offer/offer.contract";
import type { ProductHits, SearchProducts } from "../../../models/product/product.search.contract";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";
import { createMall } from "../../support/memory-mall";

interface Offered {
  readonly id: string;
  readonly seller: string;
  readonly condition: Condition;
  readonly currency: string;
  readonly price: number;
  readonly quantity: number;
}

interface Thing {
  readonly id: string;
  readonly brand: string;
  readonly colour: string;
  readonly length: number;
  readonly offers: readonly Offered[];
}

const BRANDS = ["Acme", "Bolt", "Cern"];
const COLOURS = ["red", "blue", "green"];
const SELLERS = ["s1", "s2", "s3", "s4"];
const CONDITIONS: readonly Condition[] = ["new", "used", "refurbished"];

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function shelves(count: number): Thing[] {
  const next = numbers(7);
  const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T;
  const offered = (id: string): Offered => ({
    id,
    seller: pick(SELLERS),
    condition: pick(CONDITIONS),
    currency: next(5) === 0 ? "USD" : "EUR",
    price: 100 * (1 + next(20)),
    quantity: Math.max(0, next(4) - 1),
  });
  return Array.from({ length: count }, (_, n) => ({
    id: `t${n}`,
    brand: pick(BRANDS),
    colour: pick(COLOURS),
    length: 10 + (n % 40) / 4,
    offers: Array.from({ length: next(5) }, (__, k) => offered(`t${n}-o${k}`)),
  }));
}

const THINGS = shelves(60);

type Question = Partial<SearchProducts>;

const among = (list: readonly string[] | undefined, value: string): boolean => !list?.length || list.includes(value);

const fits =
  ({ seller, condition, currency, priceMin = 0, priceMax = Infinity, inStock }: Question, hidden: readonly string[]) =>
  (offer: Offered): boolean =>
    [
      !hidden.includes(offer.seller),
      among(seller, offer.seller),
      among(condition, offer.condition),
      currency === undefined || offer.currency === currency,
      offer.price >= priceMin && offer.price <= priceMax,
      inStock !== true || offer.quantity > 0,
    ].every(Boolean);

const ASKS_OF_OFFERS = ["seller", "condition", "currency", "priceMin", "priceMax"] as const;

/** `length:12..14` */
function within(range: readonly string[] = [], value: number): boolean {
  const bounds = range.map((one) => one.replace("length:", "").split("..").map(Number));
  return bounds.length === 0 || bounds.some(([from = 0, to = 0]) => value >= from && value < to);
}

function found(question: Question, hidden: readonly string[]): Thing[] {
  const asked = ASKS_OF_OFFERS.some((name) => question[name] !== undefined) || question.inStock === true;
  const sold = fits({ inStock: true }, hidden);
  return THINGS.filter((thing) =>
    [
      among(question.brand, thing.brand),
      among(question.attribute, `colour:${thing.colour}`),
      within(question.range, thing.length),
      !asked || thing.offers.some(fits(question, hidden)),
      question.inStock !== false || !thing.offers.some(sold),
    ].every(Boolean),
  );
}

/** A facet's counts: as many as there would be if this value alone were chosen in it. */
function counted(question: Question, name: "brand" | "seller" | "condition", hidden: readonly string[]) {
  const values = { brand: BRANDS, seller: SELLERS, condition: CONDITIONS }[name];
  const counts = values.map((value) => [value, found({ ...question, [name]: [value] }, hidden).length] as const);
  return new Map(counts.filter(([, count]) => count > 0));
}

/** Of so many lengths there are too many to be told one by one. */
const MANY = 15;

const QUESTIONS: readonly Question[] = [
  {},
  { brand: ["Acme"] },
  { brand: ["Acme", "Bolt"], seller: ["s1"] },
  { seller: ["s1", "s2"], condition: ["used"] },
  { condition: ["new", "refurbished"], inStock: true },
  { priceMin: 500, priceMax: 900, currency: "EUR" },
  { seller: ["s3"], priceMax: 700, attribute: ["colour:red", "colour:blue"] },
  { inStock: false },
  { currency: "USD", brand: ["Cern"] },
  { currency: "EUR", range: ["length:12..14", "length:18..20"] },
];

describe("the search over many sellers' offers", () => {
  let search: SearchUnderTest;
  let hidden: readonly string[] = [];
  let queries: ReturnType<typeof productQueries>;

  beforeAll(async () => {
    search = await searchUnderTest();
    const { client, namespace } = search;
    const mall = createMall();
    const commits: Commit[] = [];
    for (const { id, brand, colour, length, offers } of THINGS) {
      const title = { en: `Thing ${id}`, de: `Ding ${id}` };
      commits.push(await mall.product(id, { brand, attributes: { colour, length }, title }));
      for (const { id: offerId, seller, condition, currency, price, quantity } of offers) {
        const made = { sellerId: seller, condition, price: { amountMinor: price, currency } };
        commits.push(await mall.offer(offerId, id, price, made));
        if (quantity > 0) commits.push(await mall.stock(`${offerId}-s`, { productId: id, offerId }, quantity));
      }
    }
    for (const projection of [products, offersProjection]) {
      await ensureIndex(client, namespace, projection);
      await createIndexer({ client, namespace, projection }).read(commits);
      await client.indices.refresh({ index: aliasOf(namespace, projection.name) });
    }
    const directory = () => {
      const known = SELLERS.map((id) => [id, { name: `Shop ${id}`, hidden: hidden.includes(id) }] as const);
      return Promise.resolve(directoryOf(new Map(known)));
    };
    queries = productQueries({ client, namespace, wait: () => Promise.resolve() }, { sellers: directory });
  }, START_WITHIN_MS);
  afterAll(() => search.stop(), START_WITHIN_MS);

  const ask = (params: Question): Promise<ProductHits> =>
    queries["product.search"]({ sort: "relevance", limit: 100, ...params }, { meta: {} });

  describe.each([[[]], [["s1"]], [["s1", "s3", "s4"]]])("with %j suspended", (suspended) => {
    beforeAll(() => {
      hidden = suspended;
    });

    it.each(QUESTIONS)("finds and counts as by hand: %j", async (question) => {
      const { items, total, facets } = await ask(question);
      const expected = found(question, hidden);
      expect(items.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
      expect(total).toBe(expected.length);
      for (const name of ["brand", "seller", "condition"] as const) {
        expect(new Map(facets[name]?.map(({ value, count }) => [value, count]))).toEqual(
          counted(question, name, hidden),
        );
      }
    });

    it.each(QUESTIONS)("offers ranges that find just as many as they count: %j", async (question) => {
      const { facets } = await ask(question);
      const { length: measured = [], price: prices = [] } = facets;
      const lengths = measured.filter(({ from }) => from !== undefined);
      for (const { value, count } of lengths) {
        expect([value, count]).toEqual([value, found({ ...question, range: [`length:${value}`] }, hidden).length]);
      }
      for (const { from = 0, to = 0, count } of prices) {
        const expected = found({ ...question, priceMin: from, priceMax: to }, hidden).length;
        expect([from, to, count]).toEqual([from, to, expected]);
      }
      if (found(question, hidden).length < MANY) return;
      expect(lengths.length).toBeGreaterThan(1);
      // amounts of several currencies say nothing together
      expect(prices.length > 1).toBe(question.currency !== undefined);
    });

    it.each(QUESTIONS)("shows of each hit the offers that fit: %j", async (question) => {
      const { inStock: _inStock, ...others } = question;
      const { items } = await ask(question);
      const byId = new Map(THINGS.map((thing) => [thing.id, thing]));
      for (const { id, offerCount, quantity, buyBox } of items) {
        const fitting = byId.get(id)?.offers.filter(fits(question.inStock === false ? others : question, hidden)) ?? [];
        expect([id, offerCount]).toEqual([id, fitting.length]);
        expect(quantity).toBe(fitting.reduce((sum, offer) => sum + offer.quantity, 0));
        expect(buyBox === null ? fitting : fitting.map((offer) => offer.id)).toEqual(
          buyBox === null ? [] : expect.arrayContaining([buyBox.offerId]),
        );
      }
    });

    it.each(["price-asc", "price-desc"] as const)("sorts by the price that is shown: %s", async (sort) => {
      const { items } = await ask({ sort, currency: "EUR", condition: ["new", "used"] });
      const prices = items.map(({ price }) => price?.amountMinor ?? 0);
      expect(prices).toEqual([...prices].sort((a, b) => (sort === "price-asc" ? a - b : b - a)));
      const lowest = (id: string): number => {
        const offers = THINGS.find((thing) => thing.id === id)?.offers ?? [];
        const fitting = offers.filter(fits({ currency: "EUR", condition: ["new", "used"] }, hidden));
        return Math.min(...fitting.map(({ price }) => price));
      };
      expect(prices).toEqual(items.map(({ id }) => lowest(id)));
    });
  });

  it("names sellers in facets and offers, and shows none of the suspended", async () => {
    hidden = ["s2"];
    expect((await ask({})).facets["seller"]).toContainEqual(expect.objectContaining({ value: "s1", label: "Shop s1" }));
    const many = THINGS.find(({ offers }) => offers.some(({ seller }) => seller === "s2")) as Thing;
    const view = await queries["product.get"]({ id: many.id }, { meta: {} });
    const seen = many.offers.filter(({ seller }) => seller !== "s2");
    expect(view.offers.map(({ id }) => id).sort()).toEqual(seen.map(({ id }) => id).sort());
    expect(view.offerCount).toBe(seen.length);
    expect(view.offers.every(({ sellerName, sellerId }) => sellerName === `Shop ${sellerId}`)).toBe(true);
  });

  it("suggests products, brands and categories by the beginnings of their words", async () => {
    const suggest = (q: string, lang = "en") => queries["product.suggest"]({ q, lang, limit: 5 }, { meta: {} });
    expect((await suggest("bo")).brands).toEqual([{ value: "Bolt", count: found({ brand: ["Bolt"] }, []).length }]);
    const begun = (await suggest("thing t1")).products;
    expect(begun).toHaveLength(5);
    expect(begun.every(({ id, title }) => id.startsWith("t1") && title === `Thing ${id}`)).toBe(true);
    expect((await suggest("ding t17", "de")).products).toMatchObject([{ id: "t17", title: "Ding t17" }]);
    expect((await suggest("hing")).products).toEqual([]);
    expect(await suggest("  ")).toMatchObject({ queries: [], products: [], brands: [], categories: [] });
  });

  it("lists a seller's offers with their stock, page by page, and adds the stock up", async () => {
    const { client, namespace } = search;
    const own = offerQueries({ client, namespace, wait: () => Promise.resolve() });
    const expected = THINGS.flatMap(({ offers }) => offers).filter(({ seller }) => seller === "s1");
    const listed: { id: string; onHand: number }[] = [];
    let cursor: string | null = null;
    do {
      const ask: Parameters<(typeof own)["offer.list"]>[0] = { sellerId: "s1", limit: 7, ...(cursor && { cursor }) };
      const page = await own["offer.list"](ask, { meta: {} });
      listed.push(...page.items.map(({ id, onHand }) => ({ id, onHand })));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(listed).toEqual(
      expected.map(({ id, quantity }) => ({ id, onHand: quantity })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    const none = await own["offer.list"]({ sellerId: "s1", onHandMax: 0, limit: 100 }, { meta: {} });
    expect(none.total).toBe(expected.filter(({ quantity }) => quantity === 0).length);
    const sum = await own["offer.stock"]({ sellerId: "s1" }, { meta: {} });
    const units = expected.reduce((total, { quantity }) => total + quantity, 0);
    expect(sum).toMatchObject({ offers: expected.length, soldOut: none.total, onHand: units });
    expect(sum.locations).toMatchObject([{ location: "main", onHand: units }]);
  });
});
