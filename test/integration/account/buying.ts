/** Somebody buys a lamp, on a whole node: cart, checkout, payment, order, papers and letters know of them. */
import type { Calls } from "../../../models/contracts";
import { typed } from "../../../services/kernel/call";
import { eventually } from "../../support/eventually";
import type { People } from "../../support/people";

const EUR = "EUR";

interface Buyer {
  readonly accountId: string;
  readonly email: string;
  /** Stands in each field that says something of them. */
  readonly marker: string;
}

/** @returns the order's id, once its paper is issued and its letter sent */
export async function boughtBy(people: People, { accountId, email, marker }: Buyer): Promise<string> {
  const { broker } = people.node;
  const mall = typed<Calls>(broker, {
    principal: { id: "mall", permissions: ["*"] },
    trace: "buying",
    exempt: "approved",
  });
  const grants = [{ role: "shopper", party: accountId }];
  const own = typed<Calls>(broker, { principal: { id: accountId, permissions: [], grants }, trace: "buying" });
  const { id: channelId } = await mall("channel.open", {
    ...{ code: "erased", name: { en: "Erased" }, currency: EUR, languages: ["en"], taxInclusive: true },
  });
  await mall("tax.set", { country: "DE", name: { en: "VAT" }, standardBp: 1_900 });
  const zones = [{ countries: ["DE"], steps: [{ priceMinor: 490 }] }];
  const { id: methodId } = await mall("shipping.create", { name: { en: "Post" }, currency: EUR, zones });
  const { id: productId } = await mall("product.create", {
    ...{ title: { en: "Lamp" }, channels: [channelId], publish: true },
  });
  const { id: offerId } = await mall("offer.make", {
    ...{ productId, sellerId: "lumen", sku: "lamp", condition: "new" },
    price: { amountMinor: 1_000, currency: EUR },
  });
  await mall("stock.receive", { offerId, location: "berlin", quantity: 5 });
  const { id: wishes } = await own("wishlist.open", {});
  await own("wishlist.name", { id: wishes, listId: "gifts", name: `Gifts for ${marker}` });
  await eventually("the read side knows the lamp", async () => {
    const put = { id: wishes, productId, channelId, listId: "gifts", note: `as ${marker} has it` };
    return own("wishlist.put", put).catch(() => false);
  });
  const { id } = await own("cart.open", { channelId });
  await own("cart.add", { id, offerId, quantity: 1 });
  const address = {
    name: `Yan ${marker}`,
    street: `Lichtweg ${marker}`,
    postalCode: "10115",
    city: "Berlin",
    country: "DE",
  };
  await own("cart.address", { id, contact: { email, name: `Yan ${marker}` }, shippingAddress: address });
  await own("cart.ship", { id, sellerId: "lumen", methodId });
  const { orders } = await own("checkout.start", { id, payment: { provider: "test", method: "tok_ok" } });
  const orderId = orders[0]?.orderId ?? "";
  await eventually("the order has its paper", async () => (await mall("order.get", { id: orderId })).papers.length > 0);
  // after that of the account's own verification
  await people.mails(email, 2);
  return orderId;
}
