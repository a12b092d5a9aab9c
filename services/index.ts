/** The services that own aggregates: one line each. */
import type { ServiceSchema } from "moleculer";
import { channelService } from "./channel/channel.service";
import type { Node } from "./kernel/node";
import { offerService } from "./offer/offer.service";
import { pricelistService } from "./pricelist/pricelist.service";
import { productService } from "./product/product.service";
import { sellerService } from "./seller/seller.service";
import { stockService } from "./stock/stock.service";

export const services: readonly ((node: Node) => ServiceSchema)[] = [
  channelService,
  productService,
  offerService,
  stockService,
  pricelistService,
  sellerService,
];
