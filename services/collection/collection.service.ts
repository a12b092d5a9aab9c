import type { ServiceSchema } from "moleculer";
import { collection } from "../../models/collection/collection.aggregate";
import {
  collectionContract,
  type CreateCollection,
  type IncludeProduct,
  type ReviseCollection,
} from "../../models/collection/collection.contract";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** Products asked for at once. */
const TOGETHER = 50;

interface Named {
  readonly products?: string[];
  readonly channels?: string[];
}

/** What is put on a shelf exists; whether it is shown is asked when the shelf is looked at. @throws NOT_FOUND */
async function refuseUnknown({ products = [], channels = [] }: Named, { caller, meta }: CallSite): Promise<void> {
  const call = typed<Calls>(caller, meta);
  await Promise.all(channels.map((id) => call("channel.peek", { id })));
  for (let at = 0; at < products.length; at += TOGETHER) {
    await Promise.all(products.slice(at, at + TOGETHER).map((id) => call("product.peek", { id })));
  }
}

async function known<P extends Named>(params: P, site: CallSite): Promise<P> {
  await refuseUnknown(params, site);
  return params;
}

export const collectionService = (node: Node): ServiceSchema =>
  aggregateService(node, {
    contract: anyContract(collectionContract),
    aggregate: erased(collection),
    prepare: {
      "collection.create": (params: CreateCollection, site) => known(params, site),
      "collection.revise": (params: ReviseCollection, site) => known(params, site),
      "collection.include": async (params: IncludeProduct, site) => {
        await refuseUnknown({ products: [params.productId] }, site);
        return params;
      },
    },
  });
