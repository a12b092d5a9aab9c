/** The table of contents: every action of the mall by its wire name, with what it takes and gives. */
import { anyContract, type AnyContract } from "./kernel/contract";
import { historyContract, type HistoryCalls } from "./kernel/history.contract";
import { channelContract, type ChannelCalls } from "./channel/channel.contract";
import { offerContract, type OfferCalls } from "./offer/offer.contract";
import { pricelistContract, type PricelistCalls } from "./pricelist/pricelist.contract";
import { productContract, type ProductCalls } from "./product/product.contract";
import { sellerContract, type SellerCalls } from "./seller/seller.contract";
import { stockContract, type StockCalls } from "./stock/stock.contract";

export interface Calls
  extends ChannelCalls, ProductCalls, OfferCalls, StockCalls, PricelistCalls, SellerCalls, HistoryCalls {}

export const contracts: readonly AnyContract[] = [
  anyContract(channelContract),
  anyContract(productContract),
  anyContract(offerContract),
  anyContract(stockContract),
  anyContract(pricelistContract),
  anyContract(sellerContract),
  historyContract,
];
