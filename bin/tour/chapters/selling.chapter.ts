/** Goods come: a product with two variants, a price, stock; and a shopper who finds it at once. */
import type { Answer, Guide } from "../guide";

const idIn = ({ body }: Answer): string => String((body as { id?: unknown } | null)?.id);

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

export async function sells({ guide }: { readonly guide: Guide }, seller: string): Promise<void> {
  guide.step("The mall has a channel; Mia lists a lamp with two variants in it, sets a price, and receives stock");
  const opened = await guide.quietly({
    method: "POST",
    path: "/v1/channels",
    as: "OWNER",
    body: { code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true },
  });
  const channel = guide.name("CHANNEL", idIn(opened));
  const made = await guide.ask({
    method: "POST",
    path: "/v1/products",
    as: "MIA",
    body: {
      title: { en: "Arc lamp Meridian" },
      brand: "Lumora",
      categoryPath: ["Home", "Lighting"],
      attributes: { dimmable: true },
      options: [{ name: "colour", values: ["brass", "black"] }],
      variants: [
        { id: "brass", options: { colour: "brass" } },
        { id: "black", options: { colour: "black" } },
      ],
      channels: [channel],
      sellerId: seller,
      publish: true,
    },
  });
  guide.holds("the product is there, at version 1", made.status === 201, made.body);
  const product = guide.name("PRODUCT", idIn(made));
  const tokens = [tokenOf(made)];
  for (const [variantId, amountMinor] of [["brass", 12_900] as const, ["black", 11_900] as const]) {
    const body = {
      productId: product,
      sellerId: seller,
      sku: `ARC-${variantId}`,
      price: { amountMinor, currency: "EUR" },
      condition: "new",
      variantId,
    };
    const offered = await guide.ask({ method: "POST", path: "/v1/offers", as: "MIA", body });
    guide.holds(`the ${variantId} one is offered`, offered.status === 201, offered.body);
    const offer = guide.name(`OFFER_${variantId.toUpperCase()}`, idIn(offered));
    const path = `/v1/offers/${offer}/stock/berlin/receive`;
    const received = await guide.ask({ method: "POST", path, as: "MIA", body: { quantity: 20 } });
    guide.holds("twenty of them are received", received.status < 300, received.body);
    tokens.push(tokenOf(offered), tokenOf(received));
  }
  await finds(guide, product, tokens.join(","));
}

async function finds(guide: Guide, product: string, token: string): Promise<void> {
  guide.step("A shopper finds it at once: the token of the write makes the search wait until it has seen it");
  guide.name("TOKEN", token);
  const headers = { "stoa-token": token };
  const found = await guide.ask({ method: "GET", path: "/v1/products?q=arc+lamp", headers }, glance);
  const [first] = (found.body as Found).items;
  guide.holds("it is found", first?.id === product, found.body);
  guide.holds("the cheaper variant's price is shown", first?.price?.amountMinor === 11_900, first);
  guide.holds("forty are in stock", first?.quantity === 40, first);
}
