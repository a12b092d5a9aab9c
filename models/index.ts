/** Every aggregate of the mall: one line each. Stores, readers, verification and rebuilds are driven by this list. */
import { erased, type AnyAggregate } from "./kernel/aggregate";
import type { Model } from "./kernel/model";
import { channel } from "./channel/channel.aggregate";
import { channelModel } from "./channel/channel.model";
import { offer } from "./offer/offer.aggregate";
import { offerModel } from "./offer/offer.model";
import { pricelist } from "./pricelist/pricelist.aggregate";
import { pricelistModel } from "./pricelist/pricelist.model";
import { product } from "./product/product.aggregate";
import { productModel } from "./product/product.model";
import { seller } from "./seller/seller.aggregate";
import { sellerModel } from "./seller/seller.model";
import { stock } from "./stock/stock.aggregate";
import { stockModel } from "./stock/stock.model";

export interface Kept {
  readonly aggregate: AnyAggregate;
  readonly model: Model;
}

export const kept: readonly Kept[] = [
  { aggregate: erased(channel), model: channelModel },
  { aggregate: erased(product), model: productModel },
  { aggregate: erased(offer), model: offerModel },
  { aggregate: erased(stock), model: stockModel },
  { aggregate: erased(pricelist), model: pricelistModel },
  { aggregate: erased(seller), model: sellerModel },
];
