/** Answers product.search and product.get from the `products` index. */
import type { PreviewBuyBox } from "../../models/buybox/buybox.contract";
import { refuseKernel } from "../../models/kernel/refusal";
import type { PreviewMerchandising } from "../../models/merchandising/merchandising.contract";
import type { GetProduct } from "../../models/product/product.contract";
import type { ProductView, SearchProducts } from "../../models/product/product.search.contract";
import type { SuggestProducts } from "../../models/product/product.suggest.contract";
import type { AskTraits } from "../../models/product/product.traits.contract";
import type { CategoryTree } from "../category/categories.tree.query";
import { aliasOf } from "../kernel/indices";
import type { QueryContext, QueryDeps } from "../kernel/query";
import { createShared } from "../kernel/shared-answers";
import { askedQueries } from "./products.asked.query";
import { createClicks } from "./products.clicks.query";
import { pathIn } from "./products.category.query";
import { createMemory } from "./products.memory.query";
import { preview } from "./products.preview.query";
import { PROJECTION, type SearchContext } from "./products.engine.query";
import { proposed } from "./products.proposed.query";
import { EMPTY_SHOP, search, type ProductQueryDeps, type Shop } from "./products.search.query";
import { storedProduct } from "./products.stored.query";
import { suggest } from "./products.suggest.query";
import { LANGUAGE_DEFAULT } from "./products.text.query";
import { traits } from "./products.traits.query";
import { viewOf } from "./products.view.query";

/** Who may write a product sees it as a draft and withdrawn, too: the mall's staff, and the members of its seller. */
const mayWrite = ({ holds }: QueryContext, { sellerId }: ProductView): boolean =>
  holds?.("product.write", sellerId) === true;

/** A product of the tree is shown with the path that its category has now. */
const placed = (view: ProductView | null, tree: CategoryTree): ProductView | null =>
  view && { ...view, categoryPath: pathIn(tree, view, LANGUAGE_DEFAULT) };

async function get(deps: ProductQueryDeps, { id, channel }: GetProduct, context: QueryContext): Promise<ProductView> {
  const [sellers, buyBoxes, stored] = await Promise.all([
    deps.sellers(context),
    deps.buyBoxes(context),
    storedProduct(deps, id, context),
  ]);
  const moment = { sellers, weights: buyBoxes(channel).weights, now: new Date().toISOString() };
  const view = stored ? placed(viewOf(stored, moment), await deps.categories(context)) : null;
  if (view && (view.status === "published" || mayWrite(context, view))) return view;
  return refuseKernel("NOT_FOUND", "There is no such product.", { id });
}

export const productQueries = (given: QueryDeps, shop: Partial<Shop> = {}) => {
  const deps: ProductQueryDeps = {
    memory: createMemory(),
    clicks: createClicks(given),
    shared: createShared({ client: given.client, index: aliasOf(given.namespace, PROJECTION) }),
    ...EMPTY_SHOP,
    ...given,
    ...shop,
  };
  return {
    ...askedQueries(given),
    "product.search": (params: SearchProducts, context: SearchContext) => search(deps, params, { context }),
    "product.traits": (params: AskTraits) => traits(given, params),
    "product.suggest": (params: SuggestProducts, context: QueryContext) => suggest(deps, params, context),
    "product.get": (params: GetProduct, context: QueryContext) => get(deps, params, context),
    "merchandising.preview": (params: PreviewMerchandising, context: QueryContext) => preview(deps, params, context),
    "buybox.preview": (params: PreviewBuyBox, context: QueryContext) => proposed(deps, params, context),
  };
};
