/** What an import reads, whatever its format: one product with its offers and their stock. */
import type { Condition } from "../../models/offer/offer.contract";
import type { Money } from "../../models/kernel/money";
import type { CreateProduct } from "../../models/product/product.contract";

export interface ImportOffer {
  readonly sellerId: string;
  readonly sku: string;
  readonly price: Money;
  readonly condition: Condition;
  readonly variantId?: string;
  /** Kept, but not sold at the moment. */
  readonly withdrawn?: boolean;
  /** Units on hand by location. */
  readonly stock: Readonly<Record<string, number>>;
}

export interface ImportRecord {
  /** Names the product within its source, for ever: the same id is the same product in every later import. */
  readonly id: string;
  readonly product: Omit<CreateProduct, "channels">;
  /** Published once, and taken out of every channel since. */
  readonly withdrawn?: boolean;
  readonly offers: readonly ImportOffer[];
}

/** What a row of the file came to. */
export type Parsed =
  | { readonly ok: true; readonly record: ImportRecord }
  | { readonly ok: false; readonly id: string | null; readonly problem: string };

/** What a format may ask of the command line. */
export interface FormatOptions {
  /** For prices of files that do not name one. */
  readonly currency: string;
}
