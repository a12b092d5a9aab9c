/** The table of contents: every action of the mall by its wire name, with what it takes and gives. */
import { anyContract, type AnyContract } from "./kernel/contract";
import { denialContract, type DenialCalls } from "./kernel/denial.contract";
import { disclosureContract, type DisclosureCalls } from "./kernel/disclosure.contract";
import { historyContract, type HistoryCalls } from "./kernel/history.contract";
import { approvalContract, type ApprovalCalls } from "./approval/approval.contract";
import { assetContract, type AssetCalls } from "./asset/asset.contract";
import { quotaContract, type QuotaCalls } from "./quota/quota.contract";
import { cartContract, type CartCalls } from "./cart/cart.contract";
import { categoryContract, type CategoryCalls } from "./category/category.contract";
import { buyBoxContract, type BuyBoxCalls } from "./buybox/buybox.contract";
import { channelContract, type ChannelCalls } from "./channel/channel.contract";
import { checkoutContract, type CheckoutCalls } from "./checkout/checkout.contract";
import { collectionContract, type CollectionCalls } from "./collection/collection.contract";
import { wishlistContract, type WishlistCalls } from "./wishlist/wishlist.contract";
import { alertContract, type AlertCalls } from "./alert/alert.contract";
import { couponContract, type CouponCalls } from "./coupon/coupon.contract";
import { customerContract, type CustomerCalls } from "./customer/customer.contract";
import { jobContract, type JobCalls } from "./job/job.contract";
import { locationContract, type LocationCalls } from "./location/location.contract";
import { membershipContract, type MembershipCalls } from "./membership/membership.contract";
import { merchandisingContract, type MerchandisingCalls } from "./merchandising/merchandising.contract";
import { experimentContract, type ExperimentCalls } from "./experiment/experiment.contract";
import { sectionContract, type SectionCalls } from "./section/section.contract";
import { offerContract, type OfferCalls } from "./offer/offer.contract";
import { paymentContract, type PaymentCalls } from "./payment/payment.contract";
import { pricelistContract, type PricelistCalls } from "./pricelist/pricelist.contract";
import { productContract, type ProductCalls } from "./product/product.contract";
import { promotionContract, type PromotionCalls } from "./promotion/promotion.contract";
import { deskContract } from "./desk/desk.contract";
import { redemptionContract, type RedemptionCalls } from "./redemption/redemption.contract";
import { roleContract, type RoleCalls } from "./role/role.contract";
import { sellerContract, type SellerCalls } from "./seller/seller.contract";
import { shippingContract, type ShippingCalls } from "./shipping/shipping.contract";
import { stockContract, type StockCalls } from "./stock/stock.contract";
import { taxContract, type TaxCalls } from "./tax/tax.contract";
import { analyticsContract, type AnalyticsCalls } from "./analytics/analytics.contract";
import { webhookContract, type WebhookCalls } from "./webhook/webhook.contract";
import { visitorContract, type VisitorCalls } from "./visitor/visitor.contract";
import { learningContracts, type LearningCalls, type ReviewingCalls } from "./contracts.learning";
import { orderContracts, type OrderingCalls } from "./contracts.orders";
import { peopleContracts, type IdentityCalls } from "./contracts.people";

/** What is sold, and how it is found. */
export interface CatalogueCalls
  extends AssetCalls, CategoryCalls, CollectionCalls, SectionCalls, MerchandisingCalls, ExperimentCalls, ProductCalls {}

/** Who offers it, from where, and who is proposed first. */
export interface SellingCalls extends OfferCalls, StockCalls, LocationCalls, PricelistCalls, BuyBoxCalls, QuotaCalls {}

/** What somebody would like to have, and what they are told of it. */
export interface WishingCalls extends WishlistCalls, AlertCalls {}

/** What it costs, and for whom. */
export interface PricingCalls
  extends CartCalls, PromotionCalls, CouponCalls, RedemptionCalls, TaxCalls, ShippingCalls, CustomerCalls {}

export interface Calls
  extends
    LearningCalls,
    ReviewingCalls,
    IdentityCalls,
    PricingCalls,
    WishingCalls,
    ChannelCalls,
    CatalogueCalls,
    OrderingCalls,
    SellingCalls,
    PaymentCalls,
    CheckoutCalls,
    SellerCalls,
    JobCalls,
    MembershipCalls,
    RoleCalls,
    ApprovalCalls,
    VisitorCalls,
    WebhookCalls,
    AnalyticsCalls,
    HistoryCalls,
    DenialCalls,
    DisclosureCalls {}

export const contracts: readonly AnyContract[] = [
  anyContract(channelContract),
  anyContract(categoryContract),
  anyContract(collectionContract),
  anyContract(sectionContract),
  anyContract(experimentContract),
  anyContract(merchandisingContract),
  anyContract(buyBoxContract),
  anyContract(assetContract),
  anyContract(quotaContract),
  anyContract(productContract),
  anyContract(offerContract),
  anyContract(stockContract),
  anyContract(paymentContract),
  anyContract(checkoutContract),
  anyContract(locationContract),
  anyContract(pricelistContract),
  anyContract(cartContract),
  anyContract(wishlistContract),
  anyContract(alertContract),
  anyContract(promotionContract),
  anyContract(couponContract),
  anyContract(redemptionContract),
  deskContract,
  anyContract(taxContract),
  anyContract(shippingContract),
  anyContract(customerContract),
  anyContract(visitorContract),
  analyticsContract,
  ...peopleContracts,
  ...orderContracts,
  anyContract(sellerContract),
  anyContract(jobContract),
  anyContract(membershipContract),
  anyContract(roleContract),
  anyContract(approvalContract),
  anyContract(webhookContract),
  ...learningContracts,
  historyContract,
  denialContract,
  disclosureContract,
];
