/** Goods come: a product with two variants, a price, stock; and a shopper who finds it at once. */
import type { Answer, Guide } from "../guide";

export interface Found {
  readonly total: number;
  readonly items: {
    readonly id: string;
    readonly price: { readonly amountMinor: number } | null;
    readonly quantity: number;
  }[];
}

/** What the tour shows of a search. */
export const glance = ({ total, items }: Found): object => ({
  total,
  items: items.slice(0, 3).map(({ id, price, quantity }) => ({ id, price, quantity })),
});

export const tokenOf = ({ headers }: Answer): string => headers.get("stoa-token") ?? "";

const LAMP = {
  title: { en: "Arc lamp Meridian" },
  brand: "Lumora",
  categoryPath: ["Home", "Lighting"],
  attributes: { dimmable: true },
  options: [{ name: "colour", values: ["brass", "black"] }],
  variants: [
    { id: "brass", options: { colour: "brass" } },
    { id: "black", options: { colour: "black" } },
  ],
  publish: true,
};

const MAIN = { code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true };

export async function sells({ guide }: { readonly guide: Guide }, seller: string): Promise<void> {
  guide.step("The mall has a channel; Mia lists a lamp with two variants in it, sets a price, and receives stock");
  const open = { method: "POST", path: "/v1/channels", as: "OWNER", body: MAIN } as const;
  const opened = await guide.ask(open, { names: { CHANNEL: "id" } });
  guide.holds("the channel is open", opened.status === 201, opened.body);
  const body = { ...LAMP, channels: [guide.named("CHANNEL")], sellerId: seller };
  const list = { method: "POST", path: "/v1/products", as: "MIA", body } as const;
  const made = await guide.ask(list, { names: { PRODUCT: "id" } });
  guide.holds("the product is there, at version 1", made.status === 201, made.body);
  const brass = await offers(guide, seller, { variantId: "brass", amountMinor: 12_900 });
  const black = await offers(guide, seller, { variantId: "black", amountMinor: 11_900 });
  await finds(guide, guide.named("PRODUCT"), [tokenOf(made), ...brass, ...black].join(","));
}

interface Variant {
  readonly variantId: string;
  readonly amountMinor: number;
}

/** Gives the tokens of what it wrote. */
async function offers(guide: Guide, sellerId: string, { variantId, amountMinor }: Variant): Promise<string[]> {
  const price = { amountMinor, currency: "EUR" };
  const terms = { sku: `ARC-${variantId}`, price, condition: "new", variantId };
  const body = { productId: guide.named("PRODUCT"), sellerId, ...terms };
  const name = `OFFER_${variantId.toUpperCase()}`;
  const offered = await guide.ask({ method: "POST", path: "/v1/offers", as: "MIA", body }, { names: { [name]: "id" } });
  guide.holds(`the ${variantId} one is offered`, offered.status === 201, offered.body);
  const path = `/v1/offers/${guide.named(name)}/stock/berlin/receive`;
  const received = await guide.ask({ method: "POST", path, as: "MIA", body: { quantity: 20 } });
  guide.holds("twenty of them are received", received.status < 300, received.body);
  return [tokenOf(offered), tokenOf(received)];
}

async function finds(guide: Guide, product: string, token: string): Promise<void> {
  guide.step("A shopper finds it at once: the token of the write makes the search wait until it has seen it");
  guide.name("TOKEN", token);
  const headers = { "stoa-token": token };
  const found = await guide.ask({ method: "GET", path: "/v1/products?q=arc+lamp", headers }, { show: glance });
  const [first] = (found.body as Found).items;
  guide.holds("it is found", first?.id === product, found.body);
  guide.holds("the cheaper variant's price is shown", first?.price?.amountMinor === 11_900, first);
  guide.holds("forty are in stock", first?.quantity === 40, first);
}

const SHIPPING = {
  name: { en: "Parcel" },
  currency: "EUR",
  zones: [{ countries: ["DE"], steps: [{ priceMinor: 490 }] }],
};

/** What a mall must say before anybody can buy: taxes, ways of shipping, commission; here, a coupon too. */
export async function equips({ guide }: { readonly guide: Guide }): Promise<void> {
  guide.step("Three rugs by Noa; and the mall says what taxes, shipping and it itself take, and issues a coupon");
  const owner = async (method: "POST" | "PUT" | "PATCH", path: string, body: object, names = {}): Promise<void> => {
    const answer = await guide.ask({ method, path, as: "OWNER", body }, { names });
    if (answer.status >= 300) guide.holds("the mall takes it", false, answer.body);
  };
  await rugs(guide, guide.named("NOAS"));
  const channel = guide.named("CHANNEL");
  await owner("PUT", "/v1/taxes/DE", { name: { en: "VAT" }, standardBp: 1_900 });
  await owner("POST", "/v1/shipping-methods", SHIPPING, { PARCEL: "id" });
  await owner("PATCH", `/v1/channels/${channel}`, { countries: ["DE"], shippingMethods: [guide.named("PARCEL")] });
  await owner("PUT", "/v1/commissions", { rateBp: 1_000 });
  await owner("PATCH", `/v1/sellers/${guide.named("SELLER")}/ledger/EUR/terms`, { holdDays: 0 });
  const rule = { effect: { kind: "order-percent", percentBp: 1_000 } };
  const promotion = { name: { en: "A tenth off" }, channels: [channel], byCoupon: true, rule };
  await owner("POST", "/v1/promotions", promotion, { PROMOTION: "id" });
  await owner("PUT", "/v1/coupons/TENTH", { promotionId: guide.named("PROMOTION") });
  const issued = await guide.quietly({ method: "GET", path: "/v1/coupons/TENTH", as: "OWNER" });
  guide.holds("everything is ready to be bought", issued.status === 200, issued.body);
}

async function rugs(guide: Guide, sellerId: string): Promise<void> {
  const post = (path: string, body: object, names = {}) =>
    guide.ask({ method: "POST", path, as: "NOA", body }, { names });
  const product = { title: { en: "Wool rug Fjord" }, channels: [guide.named("CHANNEL")], sellerId, publish: true };
  const made = await post("/v1/products", product, { RUG: "id" });
  const price = { amountMinor: 4_000, currency: "EUR" };
  const terms = { productId: guide.named("RUG"), sellerId, sku: "FJORD", price, condition: "new" };
  const offered = await post("/v1/offers", terms, { OFFER_RUG: "id" });
  const received = await post(`/v1/offers/${guide.named("OFFER_RUG")}/stock/berlin/receive`, { quantity: 3 });
  guide.holds("three rugs are received", received.status < 300, [made.body, offered.body, received.body]);
}
