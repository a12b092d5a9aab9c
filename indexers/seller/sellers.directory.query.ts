/**
 * Names of sellers, and whose offers are not shown: looked up with every query, because one suspension would change a
 * hundred thousand documents. Sellers that are not in it (an import may name any) have no name and are not hidden.
 */
import { createDirectory, type Directory } from "../kernel/directory";
import type { QueryDeps } from "../kernel/query";
import type { StoredSeller } from "./sellers.projection";

/** One moment of all sellers: a query asks for it once, and uses it to its end. */
export interface SellerDirectory {
  /** For people; null for a seller that the mall does not know. */
  name(id: string): string | null;
  /** True when its offers are not shown: it is suspended or closed. */
  isHidden(id: string): boolean;
  /** Ids of those whose offers are not shown, sorted; the same list as long as nothing was changed. */
  hidden(): readonly string[];
}

export type Sellers = Directory<SellerDirectory>;

type Entry = Pick<StoredSeller, "name" | "hidden">;

const SELLERS_MAX = 200_000;

export function directoryOf(entries: ReadonlyMap<string, Entry>): SellerDirectory {
  const hidden = [...entries].filter(([, entry]) => entry.hidden).map(([id]) => id);
  hidden.sort();
  return {
    name: (id) => entries.get(id)?.name ?? null,
    isHidden: (id) => entries.get(id)?.hidden ?? false,
    hidden: () => hidden,
  };
}

/** `await sellers(context)` gives the directory; for a query with a token, one that has what the token names. */
export const createSellers = (deps: QueryDeps): Sellers =>
  createDirectory<Entry, SellerDirectory>({
    deps,
    projection: "sellers",
    fields: ["name", "hidden"],
    make: (entries) => directoryOf(new Map(entries)),
    documentsMax: SELLERS_MAX,
  });

/** For whoever has no sellers: nobody is known, nobody is hidden. */
export const NO_SELLERS: SellerDirectory = directoryOf(new Map());
