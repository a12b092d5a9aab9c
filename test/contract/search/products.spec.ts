/** What a hit and a product look like. */
import { productQueries } from "../../../indexers/product/products.query";
import { isRefusal } from "../../../models/kernel/refusal";
import { notebooks, shelves, useShelves } from "./shelves";

const { now, ask } = useShelves();

test("gives exactly what the contract says of a hit", async () => {
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

test("marks what was found by any word that means the same", async () => {
  const [item] = (await ask({ q: "laptop ultralight" })).items;
  expect(item?.highlights["title"]?.filter(({ hit }) => hit).map(({ text }) => text)).toEqual([
    "ultralight",
    "notebook",
  ]);
});

test("marks a title that is not in the language asked for", async () => {
  const [item] = (await ask({ q: "lampa rez", lang: "de" })).items;
  expect(item?.highlights["title"]).toEqual([
    { text: "Lámpa", hit: true },
    { text: " ", hit: false },
    { text: "réz", hit: true },
  ]);
});

test("tells a missing index from a missing product", async () => {
  const { search } = now();
  const elsewhere = productQueries({
    client: search.client,
    namespace: `${search.namespace}-none`,
    wait: () => Promise.resolve(),
  });
  const refusal = await elsewhere["product.get"]({ id: "bag" }, { meta: {} }).catch((error: unknown) => error);
  expect(isRefusal(refusal, "SEARCH_UNAVAILABLE")).toBe(true);
});

test("gives one product with its offers; drafts only to those who write them", async () => {
  const { "product.get": get } = now().queries;
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
