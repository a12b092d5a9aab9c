/** What the product search asks of the sellers' directory: names and suspensions are never copied into documents. */

export interface SellerDirectory {
  /** As shoppers see it; undefined for a seller that nothing is known of. */
  name(id: string): string | undefined;
  /** Sellers whose offers must not be seen nor counted now. */
  hidden(): readonly string[];
}

/** A mall in which nothing is known of its sellers: all of them sell, none has a name. */
export const UNKNOWN_SELLERS: SellerDirectory = { name: () => undefined, hidden: () => [] };
