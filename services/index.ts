/** The services that own aggregates: one line each. */
import type { ServiceSchema } from "moleculer";
import { categoryService } from "./category/category.service";
import { channelService } from "./channel/channel.service";
import type { Node } from "./kernel/node";
import { offerService } from "./offer/offer.service";
import { productService } from "./product/product.service";
import { sellerService } from "./seller/seller.service";
import { stockService } from "./stock/stock.service";

export const services: readonly ((node: Node) => ServiceSchema)[] = [
  categoryService,
  channelService,
  productService,
  offerService,
  stockService,
  sellerService,
];
