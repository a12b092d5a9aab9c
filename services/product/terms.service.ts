/** Answers what many products are at once, with what lies above their categories. */
import type { Calls } from "../../models/contracts";
import type { Row } from "../../models/kernel/row";
import { isRefusal } from "../../models/kernel/refusal";
import type { ProductState } from "../../models/product/product.aggregate";
import type { AskProducts, ProductTerm, ProductTerms } from "../../models/product/product.terms.contract";
import { typed } from "../kernel/call";
import type { CallSite } from "../kernel/handler";
import type { Lately } from "../kernel/lately";

type Lineages = ReadonlyMap<string, readonly string[]>;

/** A category that is not there (any more) has nothing above it. */
async function lineagesOf(ids: readonly string[], { caller, meta }: CallSite): Promise<Lineages> {
  const found = await Promise.all(
    ids.map(async (id): Promise<[string, readonly string[]]> => {
      try {
        return [id, (await typed<Calls>(caller, meta)("category.peek", { id })).line];
      } catch (error) {
        if (isRefusal(error, "NOT_FOUND")) return [id, [id]];
        throw error;
      }
    }),
  );
  return new Map(found);
}

export async function termsOf(products: Lately, { ids }: AskProducts, site: CallSite): Promise<ProductTerms> {
  const rows = (await Promise.all(
    ids.map((id) => products.newest(id, site.meta.after)),
  )) as (Row<ProductState> | null)[];
  const known = rows.flatMap((row) => {
    return row && row.state.status !== "absent" ? [{ id: row.aggregateId, state: row.state }] : [];
  });
  const categories = known.flatMap(({ state }) => (state.categoryId === undefined ? [] : [state.categoryId]));
  const lineages = await lineagesOf([...new Set(categories)], site);
  const items = known.map(({ id, state }): ProductTerm => {
    const { status, title, channels, categoryId = "" } = state;
    return { id, status, title, channels, categoryIds: lineages.get(categoryId) ?? [] };
  });
  return { items };
}
