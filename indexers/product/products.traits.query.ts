/** Answers product.traits: what many products are, in one request. */
import type { AskTraits, ProductTraits, TraitsFound } from "../../models/product/product.traits.contract";
import type { Tasted } from "../../models/visitor/visitor.taste.contract";
import type { Text } from "../../models/kernel/text";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import type { QueryDeps } from "../kernel/query";
import type { ShelfOffer } from "./products.parts.projection";

export interface Shown {
  readonly id: string;
  readonly brand?: string | null;
  readonly categoryId?: string | null;
  readonly categoryPath?: readonly string[];
  readonly offers?: readonly Pick<ShelfOffer, "amountMinor" | "currency" | "priceKey">[];
}

/** As a taste names a category: by its id, or by its path where it has no place in the tree. */
export function categoryOf({ categoryId = null, categoryPath = [] }: Shown): string | null {
  if (categoryId !== null) return categoryId;
  return categoryPath.length === 0 ? null : categoryPath.join("/");
}

export const tastedOf = (shown: Shown): Tasted => ({
  brand: shown.brand ?? null,
  category: categoryOf(shown),
  prices: shown.offers ?? [],
});

interface Stored extends Shown {
  readonly status?: string;
  readonly title?: Text;
  readonly image?: string | null;
}

/** How a published one is shown. */
const shownAs = ({ status, title, image = null }: Stored): Pick<ProductTraits, "title" | "image"> =>
  status === "published" && title ? { title, image } : {};

function traitsOf(shown: Stored): ProductTraits {
  const [first, ...others] = shown.offers ?? [];
  const lowest = first && others.reduce((low, offer) => (offer.priceKey < low.priceKey ? offer : low), first);
  const { amountMinor = null, currency = null } = lowest ?? {};
  const { id, brand = null } = shown;
  return { id, brand, category: categoryOf(shown), amountMinor, currency, ...shownAs(shown) };
}

const FIELDS = [
  "id",
  "status",
  "title",
  "image",
  "brand",
  "categoryId",
  "categoryPath",
  "offers.amountMinor",
  "offers.currency",
  "offers.priceKey",
];

export async function traits({ client, namespace }: QueryDeps, { ids }: AskTraits): Promise<TraitsFound> {
  if (ids.length === 0) return { items: [] };
  const asked = { index: aliasOf(namespace, "products"), ids, _source_includes: FIELDS };
  const { docs } = await asking("read products", () => client.mget<Stored>(asked));
  return { items: docs.flatMap((doc) => ("_source" in doc ? [traitsOf(doc._source)] : [])) };
}
