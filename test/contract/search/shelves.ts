/** A shelf of seven products, indexed as the mall would, for the specs of the product search. */
import { createIndexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import { products } from "../../../indexers/product/products.projection";
import { productQueries } from "../../../indexers/product/products.query";
import type { Commit } from "../../../models/kernel/row";
import type { CreateProduct } from "../../../models/product/product.contract";
import type { ProductHits, SearchProducts } from "../../../models/product/product.search.contract";
import { createMall, type Mall } from "../../support/memory-mall";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";

interface Shelf extends Partial<CreateProduct> {
  readonly price?: number;
  readonly onHand?: number;
}

export const notebooks = ["Computers", "Notebooks"];
export const shelves: Readonly<Record<string, Shelf>> = {
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

type Queries = ReturnType<typeof productQueries>;

export interface Shelves {
  readonly search: SearchUnderTest;
  readonly queries: Queries;
  ask(params: Partial<SearchProducts>): Promise<ProductHits>;
  ids(params: Partial<SearchProducts>): Promise<string[]>;
  sorted(params: Partial<SearchProducts>): Promise<string[]>;
}

async function openShelves(): Promise<Shelves> {
  const search = await searchUnderTest();
  const { client, namespace } = search;
  await ensureIndex(client, namespace, products);
  await createIndexer({ client, namespace, projection: products }).read(await stocked(createMall()));
  await client.indices.refresh({ index: aliasOf(namespace, "products") });
  const queries = productQueries({ client, namespace, wait: () => Promise.resolve() });
  const ask = (params: Partial<SearchProducts>): Promise<ProductHits> =>
    queries["product.search"]({ sort: "relevance", limit: 24, ...params }, { meta: {} });
  const ids = async (params: Partial<SearchProducts>): Promise<string[]> =>
    (await ask(params)).items.map(({ id }) => id);
  return { search, queries, ask, ids, sorted: async (params) => (await ids(params)).sort() };
}

/** The shelves of a spec, there from its first test to its last. */
export function useShelves(): Omit<Shelves, "search" | "queries"> & { readonly now: () => Shelves } {
  let open: Shelves;
  beforeAll(async () => {
    open = await openShelves();
  }, START_WITHIN_MS);
  afterAll(() => open.search.stop(), START_WITHIN_MS);
  return {
    now: () => open,
    ask: (params) => open.ask(params),
    ids: (params) => open.ids(params),
    sorted: (params) => open.sorted(params),
  };
}
