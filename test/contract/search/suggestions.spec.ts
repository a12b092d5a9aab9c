/** What is suggested while somebody types: products, brands, categories, and what enough others searched for. */
import type { StoredCategory } from "../../../indexers/category/categories.projection";
import { treeOf } from "../../../indexers/category/categories.tree.query";
import { createIndexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import { asked } from "../../../indexers/product/products.asked.projection";
import { VISITORS_MIN } from "../../../indexers/product/products.asked.query";
import { products } from "../../../indexers/product/products.projection";
import { productQueries } from "../../../indexers/product/products.query";
import type { CreateProduct } from "../../../models/product/product.contract";
import type {
  AskedSearch,
  ProductSuggestions,
  SuggestProducts,
} from "../../../models/product/product.suggest.contract";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";
import { createMall } from "../../support/memory-mall";

const category = (id: string, name: Record<string, string>, parentId: string | null = null): StoredCategory => ({
  ...{ id, version: 1, status: "active", slug: id, name, position: 0, parentId, attributes: [] },
});
const tree = treeOf(
  new Map(
    [
      category("home", { en: "Home", de: "Zuhause" }),
      category("lamps", { en: "Lamps", de: "Leuchten", fr: "Éclairage" }, "home"),
      category("empty", { en: "Lampshades" }, "home"),
      category("hidden", { en: "Lamp parts" }, "home"),
    ].map((one) => [one.id, one.id === "hidden" ? { ...one, status: "retired" as const } : one]),
  ),
);

const goods: Readonly<Record<string, Partial<CreateProduct>>> = {
  arc: { title: { en: "Arc lamp Meridian", de: "Bogenleuchte Meridian" }, brand: "Lumora", categoryId: "lamps" },
  desk: {
    title: { en: "Desk lamp", fr: "Lampe d'éclairage" },
    brand: "Lumora",
    categoryId: "lamps",
    channels: ["kiosk"],
  },
  case: { title: { en: "Laptop case" }, brand: "Targus", categoryPath: ["Computers", "Laptop cases"] },
  note: { title: { ja: "ノートパソコン", ko: "노트북 컴퓨터", ar: "حاسوب محمول" }, brand: "Nōto" },
  draft: { title: { en: "Lamp of tomorrow" }, publish: false, brand: "Lampert" },
};

let search: SearchUnderTest;
let queries: ReturnType<typeof productQueries>;

beforeAll(async () => {
  search = await searchUnderTest();
  const { client, namespace } = search;
  await ensureIndex(client, namespace, products, { hidden: true });
  await ensureIndex(client, namespace, asked, { hidden: true });
  const mall = createMall();
  const made = Object.entries(goods).map(([id, content]) => {
    const rules = { id: content.categoryId ?? "", attributes: [] };
    return mall.run("product.create", id, { channels: ["main"], publish: true, ...content, rules });
  });
  const commits = await Promise.all(made);
  await createIndexer({ client, namespace, projection: products }).read(commits);
  await client.indices.refresh({ index: aliasOf(namespace, "products") });
  const deps = { client, namespace, wait: () => Promise.resolve() };
  queries = productQueries(deps, { categories: () => Promise.resolve(tree) });
}, START_WITHIN_MS);
afterAll(() => search.stop(), START_WITHIN_MS);

const suggest = (q: string, more: Partial<SuggestProducts> = {}): Promise<ProductSuggestions> =>
  queries["product.suggest"]({ q, limit: 5, ...more }, { meta: {} });
const ids = async (q: string, more: Partial<SuggestProducts> = {}) =>
  (await suggest(q, more)).products.map(({ id }) => id).sort();

describe("products", () => {
  it.each([
    ["l", ["arc", "case", "desk"]],
    ["lam", ["arc", "desk"]],
    ["arc la", ["arc"]],
    ["bogenl", ["arc"]],
    ["eclai", ["desk"]],
    ["ÉCLAI", ["desk"]],
    ["ノート", ["note"]],
    ["노트", ["note"]],
    ["حاس", ["note"]],
    ["amp", []],
    ["tomorrow", []],
  ])("begin with %s", async (q, found) => expect(await ids(q)).toEqual(found));

  it.each([
    ["merydi", ["arc"]],
    ["laptpo", ["case"]],
    ["dsek lam", ["desk"]],
    ["meirdian", ["arc"]],
    ["xylo", []],
    ["lan", []],
  ])("are forgiven a letter of %s", async (q, found) => expect(await ids(q)).toEqual(found));

  it("are those of the channel, in the language asked for", async () => {
    expect(await ids("lamp", { channel: "kiosk" })).toEqual(["desk"]);
    expect((await suggest("merid", { lang: "de" })).products).toEqual([
      { id: "arc", title: "Bogenleuchte Meridian", brand: "Lumora", image: null },
    ]);
  });
});

describe("brands and categories", () => {
  it("are counted, brands also where they are misspelt", async () => {
    const lumora = [{ value: "Lumora", count: 2 }];
    expect([(await suggest("lum")).brands, (await suggest("lunor")).brands]).toEqual([lumora, lumora]);
    expect((await suggest("noto")).brands).toEqual([{ value: "Nōto", count: 1 }]);
    expect((await suggest("lampert")).brands).toEqual([]);
  });

  it("of the tree are shown with their path, in the language, if they hold anything", async () => {
    expect((await suggest("lam")).categories).toEqual([{ value: "lamps", path: ["Home", "Lamps"], count: 2 }]);
    const leuchten = [{ value: "lamps", path: ["Zuhause", "Leuchten"], count: 2 }];
    expect((await suggest("leucht", { lang: "de" })).categories).toEqual(leuchten);
    expect((await suggest("luecht", { lang: "de" })).categories).toEqual(leuchten);
    expect((await suggest("home")).categories).toEqual([{ value: "home", path: ["Home"], count: 2 }]);
    const path = ["Computers", "Laptop cases"];
    expect((await suggest("lap")).categories).toEqual([{ value: "Computers/Laptop cases", path, count: 1 }]);
  });
});

describe("what others searched for", () => {
  const at = new Date().toISOString();
  const by = (visitor: string, query: string, more: Partial<AskedSearch> = {}): AskedSearch => ({
    ...{ visitor, query, at, lang: "en" },
    ...more,
  });
  const record = async (...searches: AskedSearch[]) => {
    const told = await queries["product.asked"]({ searches });
    await search.client.indices.refresh({ index: aliasOf(search.namespace, "asked") });
    return told;
  };
  const visitors = Array.from({ length: VISITORS_MIN }, (_, n) => `visitor-${n}`);
  const texts = async (q: string, more: Partial<SuggestProducts> = {}) =>
    (await suggest(q, more)).queries.map(({ text }) => text);

  it("is shown when enough different ones asked it, however often one did", async () => {
    const [first = "", ...others] = visitors;
    for (let n = 0; n < VISITORS_MIN; n++) await record(by(first, "Arc  Lamp"));
    await record(...others.slice(1).map((visitor) => by(visitor, "arc lamp")));
    expect(await texts("arc")).toEqual([]);
    await record(by(others[0] ?? "", "ARC lamp"), by(first, "arc lamp"));
    expect(await texts("arc")).toEqual(["arc lamp"]);
    expect(await texts("lam", { lang: "en-gb" })).toEqual(["arc lamp"]);
    expect([await texts("acr"), await texts("arcc"), await texts("arc", { lang: "de" })]).toEqual([
      [],
      ["arc lamp"],
      [],
    ]);
  });

  it("comes most asked first, in its channel", async () => {
    await record(...visitors.map((visitor) => by(visitor, "desk lamp", { channel: "kiosk" })));
    await record(...[...visitors, "one", "more"].map((visitor) => by(visitor, "desk fan")));
    expect(await texts("desk")).toEqual(["desk fan", "desk lamp"]);
    expect(await texts("desk", { channel: "web" })).toEqual(["desk fan"]);
  });

  it("keeps nothing of who asked, and nothing that names a person", async () => {
    const query = "call 0171 234 56 78";
    const some = ["ann@example.org lamp", query, "4111111111111111", "x", "!!", "y".repeat(61)];
    const told = await record(...visitors.flatMap((visitor) => some.map((text) => by(visitor, text))));
    expect([told, await texts("ann"), await texts("call")]).toEqual([{ recorded: 0 }, [], []]);
    expect(await record(...visitors.map((visitor) => by(visitor, "lamp nobody has", { found: 0 })))).toEqual({
      recorded: 0,
    });
    const { hits } = await search.client.search({ index: aliasOf(search.namespace, "asked"), size: 100 });
    expect(hits.hits.length).toBeGreaterThan(2);
    expect(JSON.stringify(hits.hits)).not.toContain("visitor-");
  });
});
