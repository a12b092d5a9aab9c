/** What who recommends asks of the read side: what may be shown, what is alike, what was bought in one go. */
import { createIndexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import { orders } from "../../../indexers/order/orders.projection";
import { products } from "../../../indexers/product/products.projection";
import { EMPTY_SHOP } from "../../../indexers/product/products.search.query";
import { sectionBookOf } from "../../../indexers/section/sections.query";
import { recommendationQueries } from "../../../indexers/recommendation/shelf.query";
import { directoryOf } from "../../../indexers/seller/sellers.directory.query";
import type { Commit } from "../../../models/kernel/row";
import type { Basket } from "../../../models/recommendation/recommendation.contract";
import type { ShownSection } from "../../../models/section/section.contract";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";
import { createMall } from "../../support/memory-mall";

let search: SearchUnderTest;
let queries: ReturnType<typeof recommendationQueries>;
const context = { meta: {} };

const BOUGHT = [
  ["o1", "ann", ["arc", "cord"]],
  ["o2", null, ["cord"]],
  ["o3", "ann", ["mug"]],
  ["cancelled", "ben", ["arc"]],
] as const;

const corner = (slug: string, more: Partial<ShownSection>): ShownSection => ({
  ...{ id: `id-${slug}`, version: 1, status: "open", slug, name: {}, description: {}, channel: null, view: {} },
  ...more,
});
const SECTIONS = [corner("acme", { view: { brand: ["Acme"] } }), corner("trade", { channel: "b2b" })];

beforeAll(async () => {
  search = await searchUnderTest();
  const { client, namespace } = search;
  const mall = createMall();
  const commits: Commit[] = [
    await mall.product("arc", { title: { en: "Arc lamp of steel" }, brand: "Acme" }),
    await mall.product("bow", { title: { en: "Bow lamp of steel" }, brand: "Acme" }),
    await mall.product("mug", { title: { en: "Mug of clay" }, channels: ["b2b"] }),
    await mall.product("draft", { title: { en: "Lamp of steel" }, publish: false }),
    await mall.offer("arc-1", "arc", 5_000),
    await mall.offer("arc-2", "arc", 4_000, { sellerId: "closed" }),
    await mall.offer("bow-1", "bow", 3_000),
    await mall.stock("arc-1-s", { productId: "arc", offerId: "arc-1" }, 2),
    await mall.stock("arc-2-s", { productId: "arc", offerId: "arc-2" }, 2),
  ];
  for (const projection of [products, orders]) await ensureIndex(client, namespace, projection);
  await createIndexer({ client, namespace, projection: products }).read(commits);
  for (const [n, [id, customerId, productIds]] of BOUGHT.entries()) {
    const placedAt = new Date(Date.UTC(2026, 0, n + 1)).toISOString();
    const document = { id, status: id === "cancelled" ? id : "placed", customerId, productIds, placedAt };
    await client.index({ index: aliasOf(namespace, orders.name), id, document });
  }
  for (const { name } of [products, orders]) await client.indices.refresh({ index: aliasOf(namespace, name) });
  const hidden = new Map([["closed", { name: "Closed", hidden: true }]]);
  const sellers = () => Promise.resolve(directoryOf(hidden));
  const sections = () => Promise.resolve(sectionBookOf(new Map(SECTIONS.map((one) => [one.id, one]))));
  queries = recommendationQueries({
    ...{ client, namespace, wait: () => Promise.resolve() },
    ...{ ...EMPTY_SHOP, sellers, sections },
  });
}, START_WITHIN_MS);
afterAll(() => search.stop(), START_WITHIN_MS);

it("tells what may be shown: published, with the lowest price of who may sell it, in stock or not", async () => {
  const { items } = await queries["recommendation.shelf"]({ ids: ["arc", "bow", "draft", "none"] }, context);
  expect(items.map(({ id, inStock, prices }) => [id, inStock, prices]).sort()).toEqual([
    ["arc", true, { EUR: 5_000 }],
    ["bow", false, { EUR: 3_000 }],
  ]);
});

it("finds what is alike by what is said of it, and never the thing itself; without one the newest", async () => {
  const alike = await queries["recommendation.alike"]({ id: "arc", limit: 5 }, context);
  expect(alike.items[0]?.id).toBe("bow");
  expect(alike.items.map(({ id }) => id)).not.toContain("arc");
  const newest = await queries["recommendation.alike"]({ limit: 5 }, context);
  expect(newest.items.map(({ id }) => id).sort()).toEqual(["arc", "bow", "mug"]);
  const there = await queries["recommendation.alike"]({ limit: 5, channel: "b2b" }, context);
  expect(there.items.map(({ id }) => id)).toEqual(["mug"]);
});

it("reads what was bought in one go, newest first, page by page", async () => {
  const found: Basket[] = [];
  const first = await queries["recommendation.baskets"]({ limit: 2 });
  found.push(...first.items);
  const rest = await queries["recommendation.baskets"]({ limit: 2, ...(first.next && { before: first.next }) });
  found.push(...rest.items);
  expect(rest.next).toBeNull();
  expect(found.map(({ who, productIds }) => [who, productIds])).toEqual([
    ["ann", ["mug"]],
    [null, ["cord"]],
    ["ann", ["arc", "cord"]],
  ]);
});

it("keeps to a section and to the channel that it is a corner of; in one that is not there nothing is", async () => {
  const ids = ["arc", "bow", "mug"];
  const found = async (section: string): Promise<string[]> =>
    (await queries["recommendation.shelf"]({ ids, section }, context)).items.map(({ id }) => id).sort();
  expect(await found("acme")).toEqual(["arc", "bow"]);
  expect(await found("id-trade")).toEqual(["mug"]);
  expect(await found("gone")).toEqual([]);
  const alike = await queries["recommendation.alike"]({ limit: 5, section: "trade" }, context);
  expect(alike.items.map(({ id }) => id)).toEqual(["mug"]);
});
