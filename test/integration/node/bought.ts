/** What was bought, and what was left lying in carts, as it is found on a real node: asked by the selling spec. */
import { eventually } from "../../support/eventually";
import type { Body, Shop } from "../catalogue/shop";

type Hits = readonly { readonly number: string; readonly sellerId: string }[];

interface Found {
  readonly items: Hits;
  readonly total: number;
  readonly cursor: string | null;
}

interface TrialLine {
  readonly currency: string;
  readonly books: number;
  readonly sumMinor: number;
  readonly balances: Readonly<Record<string, number>>;
}

/** Two orders of two sellers, recorded as a till would. */
async function record(shop: Shop, productId: string, channelId: string): Promise<string[]> {
  const ids: string[] = [];
  for (const [sellerId, unitMinor, title] of [
    ["seller-b1", 4_000, "Copper kettle"],
    ["seller-b2", 1_500, "Tin kettle"],
  ] as const) {
    const money = { subtotalMinor: unitMinor * 2, netMinor: unitMinor * 2, taxMinor: 0, totalMinor: unitMinor * 2 };
    const line = {
      ...{ lineId: "l1", offerId: `offer-${sellerId}`, productId, sellerId, sku: "k", title: { en: title } },
      ...{ delivery: "parcel", quantity: 2, unitMinor, discounts: [], taxRateBp: 0, ...money },
    };
    const { id } = await shop.done("POST", "/v1/orders/recorded", {
      ...{
        reference: "till-1",
        channelId,
        customerId: `buyer-of-${sellerId}`,
        contact: { email: "till@shop.invalid" },
      },
      ...{ sellerId, currency: "EUR", taxInclusive: true, lines: [line] },
    });
    ids.push(id);
  }
  return ids;
}

export function boughtIsFound(shop: () => Shop, productOf: () => string): void {
  let channelId: string;
  const search = async (query: string): Promise<Found> =>
    (await shop().declared("order.search", `/v1/orders?channelId=${channelId}&${query}`)) as unknown as Found;
  const sellers = async (query: string): Promise<string[]> =>
    (await search(query)).items.map(({ sellerId }) => sellerId);

  beforeAll(async () => {
    const terms = { code: "till", name: { en: "Till" }, currency: "EUR", languages: ["en"], taxInclusive: true };
    ({ id: channelId } = await shop().done("POST", "/v1/channels", terms));
    await record(shop(), productOf(), channelId);
    await eventually("both orders are found, sent and paid", async () => {
      const { items } = await search("status=shipped&payment=captured");
      return items.length === 2;
    });
  });

  test("orders are found by status, words, number, product, seller, customer, time and amount", async () => {
    const { items, total } = await search("limit=10");
    expect([total, items.map(({ sellerId }) => sellerId)]).toEqual([2, ["seller-b2", "seller-b1"]]);
    const [newest] = items;
    expect(await sellers(`q=${newest?.number ?? ""}`)).toEqual(["seller-b2"]);
    expect(await sellers("q=copper")).toEqual(["seller-b1"]);
    expect(await sellers("q=kettle&totalMin=5000")).toEqual(["seller-b1"]);
    expect(await sellers("totalMax=3000")).toEqual(["seller-b2"]);
    expect(await sellers(`productId=${productOf()}&sellerId=seller-b1`)).toEqual(["seller-b1"]);
    expect(await sellers("customerId=buyer-of-seller-b2")).toEqual(["seller-b2"]);
    const hour = 3_600_000;
    const soon = encodeURIComponent(new Date(Date.now() + hour).toISOString());
    expect(await sellers(`from=${soon}`)).toEqual([]);
    expect(await sellers(`to=${soon}&status=placed`)).toEqual([]);
    expect(await sellers("stuck=true")).toEqual([]);
  });

  test("page by page, and a seller's own only", async () => {
    const first = await search("limit=1");
    const second = await search(`limit=1&cursor=${encodeURIComponent(first.cursor ?? "")}`);
    expect([...first.items, ...second.items].map(({ sellerId }) => sellerId)).toEqual(["seller-b2", "seller-b1"]);
    const own = await shop().declared("order.ofSeller", "/v1/sellers/seller-b1/orders?status=shipped");
    expect(own).toMatchObject({ total: 1, items: [{ sellerId: "seller-b1", totalMinor: 8_000 }] });
  });

  test("all books together come to nothing, and hold what was sold", async () => {
    const euros = async (): Promise<TrialLine | undefined> => {
      const trial = await shop().declared("ledger.trial", "/v1/ledger/trial");
      expect(trial["balanced"]).toBe(true);
      return (trial["currencies"] as readonly TrialLine[]).find(({ currency }) => currency === "EUR");
    };
    await eventually("both sales are in the books", async () => (await euros())?.balances["cash"] === 11_000);
    expect(await euros()).toMatchObject({ books: 2, sumMinor: 0 });
  });

  test("a cart that somebody left is seen by those who look after customers", async () => {
    const carts = async (query: string): Promise<Body> => shop().declared("cart.list", `/v1/carts?${query}`);
    const goods = { title: { en: "Kettle lid" }, channels: [channelId], publish: true };
    const { id: productId } = await shop().done("POST", "/v1/products", goods);
    const price = { amountMinor: 300, currency: "EUR" };
    const lid = { productId, sellerId: "seller-b1", sku: "lid", price, condition: "new" };
    const { id: offerId } = await shop().done("POST", "/v1/offers", lid);
    const { id } = await shop().done("POST", "/v1/carts", { channelId });
    expect((await carts(`channelId=${channelId}`))["items"]).toEqual([]);
    await shop().done("POST", `/v1/carts/${id}/lines`, { offerId, quantity: 2 });
    await eventually("the cart is listed", async () => (await carts(`channelId=${channelId}`))["total"] === 1);
    const left = { id, units: 2, lines: 1, worthMinor: 600, reachable: true, customerId: "tester" };
    expect((await carts(`channelId=${channelId}`))["items"]).toMatchObject([left]);
    expect((await carts(`channelId=${channelId}&idleMinutes=1`))["items"]).toEqual([]);
    expect((await carts(`channelId=${channelId}&reachable=false`))["items"]).toEqual([]);
  });
}
