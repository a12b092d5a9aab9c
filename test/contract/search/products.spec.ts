import { createIndexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import { products } from "../../../indexers/product/products.projection";
import { productQueries } from "../../../indexers/product/products.query";
import { isRefusal } from "../../../models/kernel/refusal";
import type { Commit } from "../../../models/kernel/row";
import type { CreateProduct } from "../../../models/product/product.contract";
import type { ProductHits, SearchProducts } from "../../../models/product/product.search.contract";
import { createMall, type Mall } from "../../support/memory-mall";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";

interface Shelf extends Partial<CreateProduct> {
  readonly price?: number;
  readonly onHand?: number;
}

const notebooks = ["Computers", "Notebooks"];
const shelves: Readonly<Record<string, Shelf>> = {
  zenbook: {
    title: { en: "Zenbook ultralight notebook", de: "Zenbook ultraleichtes Notebook" },
    brand: "Asus",
    categoryPath: notebooks,
    attributes: { colour: "silver", display_diagonal: 14, touchscreen: true },
    price: 99_900,
    onHand: 3,
  },
  thinkpad: {
    title: { en: "ThinkPad business notebook" },
    description: { en: "A robust machine with a docking port" },
    brand: "Lenovo",
    categoryPath: notebooks,
    attributes: { colour: "black", display_diagonal: 14 },
    price: 129_900,
    onHand: 0,
  },
  macbook: {
    title: { en: "MacBook notebook" },
    brand: "Apple",
    categoryPath: notebooks,
    attributes: { colour: "silver", display_diagonal: 13.3 },
    price: 149_900,
    onHand: 1,
  },
  bag: {
    title: { en: "Bag for your notebook", de: "Taschen für Häuser und Reisen" },
    brand: "Lenovo",
    categoryPath: ["Accessories", "Bags"],
    attributes: { colour: "black" },
    channels: ["main", "outlet"],
    price: 2_900,
    onHand: 40,
  },
  adapter: {
    title: { en: "Travel power supply" },
    description: { en: "Charges any notebook; also for desks" },
    brand: "Anker",
    categoryPath: ["Accessories"],
    price: 4_900,
    onHand: 9,
  },
  lamp: { title: { xx: "Lámpa réz" }, categoryPath: ["Computers2"] },
  draft: { title: { en: "Secret notebook" }, publish: false },
};

async function stocked(mall: Mall): Promise<Commit[]> {
  const commits: Commit[] = [];
  for (const [id, { price, onHand = 0, ...content }] of Object.entries(shelves)) {
    commits.push(await mall.product(id, content));
    if (price === undefined) continue;
    const offerId = `${id}-offer`;
    commits.push(await mall.offer(offerId, id, price));
    if (onHand > 0) commits.push(await mall.stock(`${id}-stock`, { productId: id, offerId }, onHand));
  }
  const stars: [string, number][] = [
    ["zenbook", 5],
    ["zenbook", 4],
    ["bag", 5],
    ["adapter", 2],
  ];
  for (const [i, [id, rating]] of stars.entries()) commits.push(await mall.review(`review-${i}`, id, rating));
  commits.push(await mall.review("taken-back", "lamp", 5), await mall.run("review.withdraw", "taken-back", {}));
  commits.push(await mall.product("gone", { title: { en: "Withdrawn notebook" } }));
  commits.push(await mall.run("product.withdraw", "gone", {}));
  return commits;
}

describe("the product search", () => {
  let search: SearchUnderTest;
  let queries: ReturnType<typeof productQueries>;

  beforeAll(async () => {
    search = await searchUnderTest();
    const { client, namespace } = search;
    await ensureIndex(client, namespace, products);
    await createIndexer({ client, namespace, projection: products }).read(await stocked(createMall()));
    await client.indices.refresh({ index: aliasOf(namespace, "products") });
    queries = productQueries({ client, namespace, wait: () => Promise.resolve() });
  }, START_WITHIN_MS);
  afterAll(() => search.stop(), START_WITHIN_MS);

  const ask = (params: Partial<SearchProducts>): Promise<ProductHits> =>
    queries["product.search"]({ sort: "relevance", limit: 24, ...params }, { meta: {} });
  const ids = async (params: Partial<SearchProducts>): Promise<string[]> =>
    (await ask(params)).items.map(({ id }) => id);
  const sorted = async (params: Partial<SearchProducts>): Promise<string[]> => (await ids(params)).sort();

  it("finds published products only", async () => {
    expect(await sorted({})).toEqual(["adapter", "bag", "lamp", "macbook", "thinkpad", "zenbook"]);
    expect(await ids({ q: "secret" })).toEqual([]);
    expect(await ids({ q: "withdrawn" })).toEqual([]);
  });

  it("ranks a word in the title above the same word in the description", async () => {
    const found = await ids({ q: "notebook" });
    expect(found).toHaveLength(5);
    expect(found.at(-1)).toBe("adapter");
  });

  /** Of few hits, what has only some of the words follows, and says which are not there. */
  const whole = async (search: Partial<SearchProducts>): Promise<string[]> =>
    (await ask(search)).items.filter(({ without }) => without.length === 0).map(({ id }) => id);

  it("finds words that stand in different fields, and lets what lacks some of them follow", async () => {
    expect(await whole({ q: "lenovo docking" })).toEqual(["thinkpad"]);
    expect(await whole({ q: "apple silver" })).toEqual(["macbook"]);
    expect(await whole({ q: "lenovo banana" })).toEqual([]);
    expect((await ids({ q: "lenovo docking" }))[0]).toBe("thinkpad");
    const { items } = await ask({ q: "lenovo banana" });
    expect(items.map(({ id, without }) => [id, without])).toContainEqual(["thinkpad", ["banana"]]);
  });

  it("knows the words' forms in the language asked for, and finds languages without an analyser", async () => {
    expect(await whole({ q: "notebooks robust machines" })).toEqual(["thinkpad"]);
    expect(await whole({ q: "haus tasche", lang: "de" })).toEqual(["bag"]);
    expect(await ids({ q: "haus", lang: "de-at" })).toEqual(["bag"]);
    expect(await ids({ q: "lampa rez", lang: "xx" })).toEqual(["lamp"]);
    expect(await ids({ q: "Zenbook", lang: "hu" })).toEqual(["zenbook"]);
  });

  it("filters by category with everything below, and not by what merely begins alike", async () => {
    expect(await sorted({ category: ["Computers"] })).toEqual(["macbook", "thinkpad", "zenbook"]);
    expect(await sorted({ category: ["Computers/Notebooks"] })).toEqual(["macbook", "thinkpad", "zenbook"]);
    expect(await sorted({ category: ["Accessories"] })).toEqual(["adapter", "bag"]);
  });

  it("filters by brands, channel, price and stock", async () => {
    expect(await sorted({ brand: ["Apple", "Asus"] })).toEqual(["macbook", "zenbook"]);
    expect(await sorted({ channel: "outlet" })).toEqual(["bag"]);
    expect(await sorted({ priceMin: 4_900, priceMax: 99_900 })).toEqual(["adapter", "zenbook"]);
    expect(await sorted({ inStock: true, category: ["Computers"] })).toEqual(["macbook", "zenbook"]);
  });

  it("takes any value within an attribute, and every attribute", async () => {
    expect(await sorted({ attribute: ["colour:silver", "colour:black"] })).toHaveLength(4);
    expect(await sorted({ attribute: ["colour:silver", "display_diagonal:14.0"] })).toEqual(["zenbook"]);
    expect(await sorted({ attribute: ["touchscreen:true"] })).toEqual(["zenbook"]);
    expect(await sorted({ attribute: ["nonsense"] })).toEqual([]);
  });

  it("counts facets of what was found; a chosen facet still shows what else could be chosen", async () => {
    const { facets, total } = await ask({ q: "notebook", brand: ["Lenovo"] });
    expect(total).toBe(2);
    expect(facets["brand"]).toEqual(
      expect.arrayContaining([
        { value: "Lenovo", count: 2 },
        { value: "Apple", count: 1 },
        { value: "Asus", count: 1 },
      ]),
    );
    expect(facets["category"]).toContainEqual({ value: "Computers/Notebooks", count: 1 });
    expect(facets["colour"]).toBeUndefined();
    const all = (await ask({ q: "notebook", attribute: ["colour:silver"] })).facets;
    expect(all["colour"]).toEqual([
      { value: "black", count: 2 },
      { value: "silver", count: 2 },
    ]);
    expect(all["display_diagonal"]).toContainEqual({ value: "13.3", count: 1 });
  });

  it("finds numbers between borders, the upper one not among them", async () => {
    const found = (range: string) => ids({ range: [`display_diagonal:${range}`], sort: "price-asc" });
    expect(await found("13..14")).toEqual(["macbook"]);
    expect(await found("13.3..14.1")).toEqual(["zenbook", "thinkpad", "macbook"]);
    expect([await found("14.."), await found("..14"), await found("15..12")]).toEqual([
      ["zenbook", "thinkpad"],
      ["macbook"],
      [],
    ]);
  });

  it("tells ranges of prices that find just what they count", async () => {
    const ranges = (await ask({ q: "notebook" })).facets["price"] ?? [];
    expect(ranges.length).toBeGreaterThan(1);
    for (const { from = 0, to = 0, count } of ranges) {
      expect(await ids({ q: "notebook", priceMin: from, priceMax: to })).toHaveLength(count);
    }
  });

  it("sorts by price and by age", async () => {
    const dear = ["macbook", "thinkpad", "zenbook", "adapter", "bag", "lamp"];
    expect(await ids({ sort: "price-desc" })).toEqual(dear);
    expect(await ids({ sort: "price-asc" })).toEqual(["bag", "adapter", "zenbook", "thinkpad", "macbook", "lamp"]);
    expect((await ids({ sort: "newest" }))[0]).toBe("lamp");
  });

  it.each(["relevance", "price-asc", "price-desc", "newest"] as const)(
    "pages by %s without gap or double",
    async (sort) => {
      for (const q of ["", "notebook"]) {
        const whole = await ids({ q, sort });
        const paged: string[] = [];
        let cursor: string | null = null;
        do {
          const page: ProductHits = await ask({ q, sort, limit: 2, ...(cursor !== null && { cursor }) });
          paged.push(...page.items.map(({ id }) => id));
          cursor = page.cursor;
        } while (cursor !== null);
        expect(paged).toEqual(whole);
      }
    },
  );

  it("refuses a cursor of another search", async () => {
    const { cursor } = await ask({ limit: 1 });
    const refusal = await ask({ q: "lamp", cursor: cursor ?? "" }).catch((error: unknown) => error);
    expect(isRefusal(refusal, "CURSOR_INVALID")).toBe(true);
  });

  it("puts the best rated first, and leaves out what is rated less than asked", async () => {
    const rated = await ids({ sort: "rating", q: "notebook" });
    expect(rated.slice(0, 3)).toEqual(["zenbook", "bag", "adapter"]);
    expect(await ids({ sort: "rating", ratingMin: 4 })).toEqual(["zenbook", "bag"]);
    expect(await sorted({ ratingMin: 1 })).toEqual(["adapter", "bag", "zenbook"]);
  });

  it("gives exactly what the contract says of a hit", async () => {
    const { items, total, totalRelation } = await ask({ q: "zenbook" });
    expect({ total, totalRelation }).toEqual({ total: 1, totalRelation: "exact" });
    expect(items).toEqual([
      {
        id: "zenbook",
        title: shelves["zenbook"]?.title,
        brand: "Asus",
        categoryPath: notebooks,
        image: null,
        price: { amountMinor: 99_900, currency: "EUR" },
        buyBox: expect.objectContaining({ offerId: "zenbook-offer", inStock: true, comparableMinor: 99_900 }) as object,
        offerCount: 1,
        quantity: 3,
        rating: { average: 4.5, count: 2 },
        highlights: {
          title: [
            { text: "Zenbook", hit: true },
            { text: " ultralight notebook", hit: false },
          ],
        },
        score: expect.any(Number) as number,
        without: [],
      },
    ]);
  });

  it("puts the thing asked for before what merely has its other words", async () => {
    const { items, relaxed } = await ask({ q: "silver bag", explain: true });
    expect(relaxed).toMatchObject({ partial: true, exact: 0 });
    const named = items.filter(({ parts = [] }) => parts.some(({ part }) => part === "head"));
    expect(named.map(({ id }) => id)).toEqual(["bag"]);
    expect(items.map(({ id }) => id)).toEqual(["bag", expect.any(String), expect.any(String)]);
    expect(items.slice(1).every(({ without }) => without.includes("bag"))).toBe(true);
  });

  it("marks what was found by any word that means the same", async () => {
    const [item] = (await ask({ q: "laptop ultralight" })).items;
    expect(item?.highlights["title"]?.filter(({ hit }) => hit).map(({ text }) => text)).toEqual([
      "ultralight",
      "notebook",
    ]);
  });

  it("marks a title that is not in the language asked for", async () => {
    const [item] = (await ask({ q: "lampa rez", lang: "de" })).items;
    expect(item?.highlights["title"]).toEqual([
      { text: "Lámpa", hit: true },
      { text: " ", hit: false },
      { text: "réz", hit: true },
    ]);
  });

  it("tells a missing index from a missing product", async () => {
    const elsewhere = productQueries({
      client: search.client,
      namespace: `${search.namespace}-none`,
      wait: () => Promise.resolve(),
    });
    const refusal = await elsewhere["product.get"]({ id: "bag" }, { meta: {} }).catch((error: unknown) => error);
    expect(isRefusal(refusal, "SEARCH_UNAVAILABLE")).toBe(true);
  });

  it("gives one product with its offers; drafts only to those who write them", async () => {
    const { "product.get": get } = queries;
    const view = await get({ id: "macbook" }, { meta: {} });
    expect(view).toMatchObject({ version: 1, status: "published", quantity: 1, offerCount: 1, variants: [] });
    expect(view.attributes).toEqual({ colour: "silver", display_diagonal: 13.3 });
    expect(view.offers).toEqual([
      {
        id: "macbook-offer",
        sellerId: "seller-1",
        sellerName: null,
        variantId: null,
        price: { amountMinor: 149_900, currency: "EUR" },
        condition: "new",
        quantity: 1,
        reduction: null,
      },
    ]);
    for (const id of ["draft", "gone", "nothing"]) {
      const refusal = await get({ id }, { meta: {} }).catch((error: unknown) => error);
      expect(isRefusal(refusal, "NOT_FOUND")).toBe(true);
    }
    const editor = { meta: {}, holds: (permission: string) => permission === "product.write" };
    expect((await get({ id: "draft" }, editor)).status).toBe("draft");
  });
});
