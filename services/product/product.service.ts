import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Restoring } from "../../models/kernel/restoring";
import type { Row } from "../../models/kernel/row";
import type { CategoryRules } from "../../models/product/product.attributes.aggregate";
import { product, type ProductState } from "../../models/product/product.aggregate";
import {
  productContract,
  type CreateProduct,
  type ListProduct,
  type ProductContent,
  type ProductGlance,
  type ProductId,
  type ReviseProduct,
} from "../../models/product/product.contract";
import { refuse } from "../../models/refusals";
import type { AskProducts } from "../../models/product/product.terms.contract";
import { typed } from "../kernel/call";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import { lately } from "../kernel/lately";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";
import { namesAssets, withAddresses, type Showing } from "./media.service";
import { termsOf } from "./terms.service";

/** Products are listed in channels that exist and are open. */
async function refuseClosed(channelIds: readonly string[], { caller, meta }: CallSite): Promise<void> {
  const call = typed<Calls>(caller, meta);
  const channels = await Promise.all(channelIds.map((id) => call("channel.peek", { id })));
  const closed = channels.find(({ status }) => status === "closed");
  if (closed)
    refuse("CHANNEL_CLOSED", `The channel "${closed.code}" is closed; reopen it first.`, { code: closed.code });
}

/** What the category asks of its products; one that is retired takes no product in. */
async function rulesOf(id: string, takesIn: boolean, { caller, meta }: CallSite): Promise<CategoryRules> {
  const { status, attributes } = await typed<Calls>(caller, meta)("category.peek", { id });
  if (takesIn && status === "retired") {
    refuse("CATEGORY_RETIRED", "That category is retired, or one above it is; choose another one.", { id });
  }
  return { id, attributes };
}

/** A seller that is not active makes no products; what it has may be changed by those who may change all products. */
function admission(node: Node) {
  const admit = ({ caller, meta }: CallSite, id: string) => typed<Calls>(caller, meta)("seller.admit", { id });
  return {
    async toMake({ sellerId }: CreateProduct, site: CallSite): Promise<void> {
      if (sellerId !== undefined) await admit(site, sellerId);
    },
    async toChange<P extends ProductId>(params: P, site: CallSite): Promise<P> {
      if (holdsMallWide(node.roles, site.meta.principal, "product.write")) return params;
      const { sellerId } = await typed<Calls>(site.caller, site.meta)("product.peek", { id: params.id });
      if (sellerId !== null) await admit(site, sellerId);
      return params;
    },
  };
}

async function addressed({ media }: Pick<Showing, "media">, before: Showing, site: CallSite) {
  return media && namesAssets(media) ? { media: await withAddresses(media, before, site) } : {};
}

/** What it says of itself now. */
type Said = Showing & { readonly categoryId?: string };

/** With the addresses of its assets, and with the rules of its category where they have a say. */
async function fitted(params: ReviseProduct, now: Said, site: CallSite): Promise<object> {
  const shown = { ...params, ...(await addressed(params, now, site)) };
  const moved = params.categoryId !== undefined;
  const categoryId = params.categoryId ?? now.categoryId;
  if (categoryId === undefined || (!moved && params.attributes === undefined)) return shown;
  return { ...shown, rules: await rulesOf(categoryId, moved, site) };
}

export const productService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "product");
  const terms = lately(node, { aggregate: "product", reader });
  const seller = admission(node);
  return aggregateService(node, {
    contract: anyContract(productContract),
    aggregate: erased(product),
    prepare: {
      "product.create": async (params: CreateProduct, site) => {
        await Promise.all([refuseClosed(params.channels, site), seller.toMake(params, site)]);
        const shown = { ...params, ...(await addressed(params, { sellerId: params.sellerId }, site)) };
        if (params.categoryId === undefined) return shown;
        return { ...shown, rules: await rulesOf(params.categoryId, true, site) };
      },
      "product.publish": (params: ProductId, site) => seller.toChange(params, site),
      "product.schedule": (params: ProductId, site) => seller.toChange(params, site),
      "product.restore": (params: ProductId, site) => seller.toChange(params, site),
      "product.revise": async (params: ReviseProduct, site) => {
        await seller.toChange(params, site);
        const placed = params.categoryId !== undefined || params.attributes !== undefined;
        if (!placed && !namesAssets(params.media)) return params;
        const row = (await reader.newest(params.id)) as Row<Said> | null;
        return fitted(params, row?.state ?? {}, site);
      },
      // what the category asks may have changed since the old version
      "product.revert": async (old: Restoring<ProductContent>, site) => {
        const { categoryId } = old.content;
        return categoryId === undefined ? old : { ...old, rules: await rulesOf(categoryId, true, site) };
      },
      "product.list": async (params: ListProduct, site) => {
        await Promise.all([refuseClosed([params.channelId], site), seller.toChange(params, site)]);
        return params;
      },
    },
    queries: {
      "product.peek": async ({ id }: ProductId, context): Promise<ProductGlance> => {
        const { version, state } = await newestOrRefuse<ProductState>(remembering(reader, context), id, "product");
        const { status, variants = [], sellerId = null } = state;
        return { version, status, variantIds: variants.map((variant) => variant.id), sellerId };
      },
      "product.terms": (params: AskProducts, site) => termsOf(terms, params, site),
    },
  });
};
