import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { product, type ProductState } from "../../models/product/product.aggregate";
import {
  productContract,
  type CreateProduct,
  type ListProduct,
  type ProductGlance,
  type ProductId,
} from "../../models/product/product.contract";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** Products are listed in channels that exist and are open. */
async function refuseClosed(channelIds: readonly string[], { caller, meta }: CallSite): Promise<void> {
  const call = typed<Calls>(caller, meta);
  const channels = await Promise.all(channelIds.map((id) => call("channel.peek", { id })));
  const closed = channels.find(({ status }) => status === "closed");
  if (closed)
    refuse("CHANNEL_CLOSED", `The channel "${closed.code}" is closed; reopen it first.`, { code: closed.code });
}

export const productService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "product");
  return aggregateService(node, {
    contract: anyContract(productContract),
    aggregate: erased(product),
    prepare: {
      "product.create": async (params: CreateProduct, site) => {
        await refuseClosed(params.channels, site);
        return params;
      },
      "product.list": async (params: ListProduct, site) => {
        await refuseClosed([params.channelId], site);
        return params;
      },
    },
    queries: {
      "product.peek": async ({ id }: ProductId, context): Promise<ProductGlance> => {
        const { version, state } = await newestOrRefuse<ProductState>(remembering(reader, context), id, "product");
        const { status, variants = [], sellerId = null } = state;
        return { version, status, variantIds: variants.map((variant) => variant.id), sellerId };
      },
    },
  });
};
