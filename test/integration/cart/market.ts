/** A small market in one process for the specs of carts: two sellers, three offers, taxes, ways of shipping. */
import type { Principal } from "../../../services/kernel/call";
import { openMemoryNode, type MemoryNode, type MemoryNodeOptions } from "../../support/memory-node";

export interface Market {
  readonly node: MemoryNode;
  readonly channelId: string;
  /** A lamp of 119.00 by lumen, a bulb of 4.99 by lumen, a rug of 250.00 by weave. */
  readonly offers: { readonly lamp: string; readonly bulb: string; readonly rug: string };
  readonly products: { readonly lamp: string; readonly bulb: string; readonly rug: string };
  readonly post: string;
  /** A dearer way, of the seller of rugs. */
  readonly courier: string;
  do<R = { readonly id: string; readonly version: number }>(
    action: string,
    params: object,
    who?: Principal,
  ): Promise<R>;
}

export const admin: Principal = { id: "admin", permissions: ["*"] };
export const shopper = (id: string): Principal => ({
  id,
  permissions: [],
  grants: [{ role: "shopper", party: id }],
});
export const nobody: Principal = { id: "anonymous", permissions: [] };

export const address = { name: "Mia Berg", street: "Lichtweg 1", postalCode: "10115", city: "Berlin", country: "DE" };
export const contact = { email: "mia@example.com" };

type Make = Pick<Market, "do" | "channelId">;

async function offered(market: Make, ask: { title: string; sellerId: string; amountMinor: number; more?: object }) {
  const { title, sellerId, amountMinor, more = {} } = ask;
  const product = await market.do("product.create", {
    ...{ title: { en: title }, channels: [market.channelId], publish: true },
  });
  const price = { amountMinor, currency: "EUR" };
  const offer = await market.do("offer.make", {
    ...{ productId: product.id, sellerId, sku: title.toUpperCase(), price, condition: "new" },
    ...more,
  });
  await market.do("stock.receive", { offerId: offer.id, location: "berlin", quantity: 100 });
  return { product: product.id, offer: offer.id };
}

export async function openMarket(options: MemoryNodeOptions = {}): Promise<Market> {
  const node = await openMemoryNode(options);
  const doing: Market["do"] = (action, params, who = admin) => node.call(who, action, params);
  const { id: channelId } = await doing("channel.open", {
    ...{ code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true },
    countries: ["DE", "AT"],
  });
  const market = { do: doing, channelId };
  const lamp = await offered(market, {
    ...{ title: "Lamp", sellerId: "lumen", amountMinor: 11_900, more: { weightGrams: 3_000 } },
  });
  const bulb = await offered(market, { title: "Bulb", sellerId: "lumen", amountMinor: 499 });
  const rug = await offered(market, { title: "Rug", sellerId: "weave", amountMinor: 25_000 });
  for (const country of ["DE", "AT"]) {
    await doing("tax.set", { country, name: { en: "VAT" }, standardBp: country === "DE" ? 1_900 : 2_000 });
  }
  const { id: post } = await doing("shipping.create", {
    ...{ name: { en: "Post" }, currency: "EUR" },
    zones: [
      {
        countries: ["DE"],
        steps: [
          { weightMaxGrams: 2_000, priceMinor: 490 },
          { weightMaxGrams: 30_000, priceMinor: 990 },
        ],
      },
      { countries: ["AT"], steps: [{ priceMinor: 1_490 }] },
    ],
  });
  const { id: courier } = await doing("shipping.create", {
    ...{ name: { en: "Courier" }, currency: "EUR", sellerId: "weave" },
    zones: [{ countries: ["DE"], steps: [{ priceMinor: 2_990 }] }],
  });
  return {
    ...{ node, channelId, post, courier, do: doing },
    offers: { lamp: lamp.offer, bulb: bulb.offer, rug: rug.offer },
    products: { lamp: lamp.product, bulb: bulb.product, rug: rug.product },
  };
}
