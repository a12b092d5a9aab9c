/** The table of contents: every action of the mall by its wire name, with what it takes and gives. */
import { anyContract, type AnyContract } from "./kernel/contract";
import { denialContract, type DenialCalls } from "./kernel/denial.contract";
import { disclosureContract, type DisclosureCalls } from "./kernel/disclosure.contract";
import { historyContract, type HistoryCalls } from "./kernel/history.contract";
import { approvalContract, type ApprovalCalls } from "./approval/approval.contract";
import { assetContract, type AssetCalls } from "./asset/asset.contract";
import { quotaContract, type QuotaCalls } from "./quota/quota.contract";
import { accountContract, type AccountCalls } from "./account/account.contract";
import { loginContract, type LoginCalls } from "./account/login.contract";
import { meContract, type MeCalls } from "./account/me.contract";
import { openIdContract, type OpenIdCalls } from "./account/openid.contract";
import { passwordContract, type PasswordCalls } from "./account/password.contract";
import { proofContract, type ProofCalls } from "./account/proof.contract";
import { registrationContract, type RegistrationCalls } from "./account/registration.contract";
import { apiKeyContract, type ApiKeyCalls } from "./apikey/apikey.contract";
import { cartContract, type CartCalls } from "./cart/cart.contract";
import { challengeContract, type ChallengeCalls } from "./challenge/challenge.contract";
import { categoryContract, type CategoryCalls } from "./category/category.contract";
import { buyBoxContract, type BuyBoxCalls } from "./buybox/buybox.contract";
import { channelContract, type ChannelCalls } from "./channel/channel.contract";
import { checkoutContract, type CheckoutCalls } from "./checkout/checkout.contract";
import { collectionContract, type CollectionCalls } from "./collection/collection.contract";
import { couponContract, type CouponCalls } from "./coupon/coupon.contract";
import { assessmentContract, type AssessmentCalls } from "./assessment/assessment.contract";
import { decisionContract, type DecisionCalls } from "./decision/decision.contract";
import { credentialContract, type CredentialCalls } from "./credential/credential.contract";
import { customerContract, type CustomerCalls } from "./customer/customer.contract";
import { jobContract, type JobCalls } from "./job/job.contract";
import { invoiceContract, type InvoiceCalls } from "./invoice/invoice.contract";
import { entitlementContract, type EntitlementCalls } from "./entitlement/entitlement.contract";
import { goodsContract, type GoodsCalls } from "./goods/goods.contract";
import { locationContract, type LocationCalls } from "./location/location.contract";
import { membershipContract, type MembershipCalls } from "./membership/membership.contract";
import { merchandisingContract, type MerchandisingCalls } from "./merchandising/merchandising.contract";
import { errandContract, type ErrandCalls } from "./errand/errand.contract";
import { experimentContract, type ExperimentCalls } from "./experiment/experiment.contract";
import { sectionContract, type SectionCalls } from "./section/section.contract";
import { messageContract, type MessageCalls } from "./message/message.contract";
import { fraudContract, type FraudCalls } from "./fraud/fraud.contract";
import { fraudPolicyContract, type FraudPolicyCalls } from "./fraudpolicy/fraudpolicy.contract";
import { modelContract, type ModelCalls } from "./model/model.contract";
import { listingContract, type ListingCalls } from "./listing/listing.contract";
import { matchingContract, type MatchingCalls } from "./matching/matching.contract";
import { moderationContract, type ModerationCalls } from "./moderation/moderation.contract";
import { reviewContract, type ReviewCalls } from "./review/review.contract";
import { sentimentContract, type SentimentCalls } from "./sentiment/sentiment.contract";
import { offerContract, type OfferCalls } from "./offer/offer.contract";
import { paymentContract, type PaymentCalls } from "./payment/payment.contract";
import { orderContract, type OrderCalls } from "./order/order.contract";
import { orderRecordContract, type OrderRecordCalls } from "./order/order.record.contract";
import { orderGroupContract, type OrderGroupCalls } from "./ordergroup/ordergroup.contract";
import { orderNumberContract, type OrderNumberCalls } from "./ordernumber/ordernumber.contract";
import { commissionContract, type CommissionCalls } from "./commission/commission.contract";
import { ledgerContract, type LedgerCalls } from "./ledger/ledger.contract";
import { payoutContract, type PayoutCalls } from "./payout/payout.contract";
import { pricelistContract, type PricelistCalls } from "./pricelist/pricelist.contract";
import { productContract, type ProductCalls } from "./product/product.contract";
import { promotionContract, type PromotionCalls } from "./promotion/promotion.contract";
import { deskContract, type DeskCalls } from "./desk/desk.contract";
import { redemptionContract, type RedemptionCalls } from "./redemption/redemption.contract";
import { returnContract, type ReturnCalls } from "./return/return.contract";
import { recommendationContract, type RecommendationCalls } from "./recommendation/recommendation.contract";
import { roleContract, type RoleCalls } from "./role/role.contract";
import { sessionContract, type SessionCalls } from "./session/session.contract";
import { sellerContract, type SellerCalls } from "./seller/seller.contract";
import { shippingContract, type ShippingCalls } from "./shipping/shipping.contract";
import { supplementContract, type SupplementCalls } from "./supplement/supplement.contract";
import { stockContract, type StockCalls } from "./stock/stock.contract";
import { taxContract, type TaxCalls } from "./tax/tax.contract";
import { analyticsContract, type AnalyticsCalls } from "./analytics/analytics.contract";
import { visitorContract, type VisitorCalls } from "./visitor/visitor.contract";

/** What people are known by. */
export interface IdentityCalls
  extends
    AccountCalls,
    RegistrationCalls,
    LoginCalls,
    MeCalls,
    OpenIdCalls,
    PasswordCalls,
    ProofCalls,
    CredentialCalls,
    ChallengeCalls,
    ApiKeyCalls,
    SessionCalls {}

/** What is sold, and how it is found. */
export interface CatalogueCalls
  extends AssetCalls, CategoryCalls, CollectionCalls, SectionCalls, MerchandisingCalls, ExperimentCalls, ProductCalls {}

/** Who offers it, from where, and who is proposed first. */
export interface SellingCalls extends OfferCalls, StockCalls, LocationCalls, PricelistCalls, BuyBoxCalls, QuotaCalls {}

/** What it costs, and for whom. */
export interface PricingCalls
  extends CartCalls, PromotionCalls, CouponCalls, RedemptionCalls, TaxCalls, ShippingCalls, CustomerCalls {}

/** What was bought, and what becomes of it. */
export interface BoughtCalls
  extends OrderCalls, OrderRecordCalls, OrderGroupCalls, OrderNumberCalls, SupplementCalls, ReturnCalls, InvoiceCalls {}

/** Who owes what to whom, and what is left to people. */
export interface SettlingCalls extends CommissionCalls, LedgerCalls, PayoutCalls, ErrandCalls {}

export interface OrderingCalls
  extends BoughtCalls, SettlingCalls, GoodsCalls, EntitlementCalls, DeskCalls, MessageCalls {}

/** What models decide, and what they are. */
export interface LearningCalls
  extends DecisionCalls, ModelCalls, FraudCalls, FraudPolicyCalls, AssessmentCalls, RecommendationCalls {}

/** What people write of things, and what models make of that. */
export interface ReviewingCalls extends ReviewCalls, ModerationCalls, SentimentCalls, ListingCalls, MatchingCalls {}

export interface Calls
  extends
    LearningCalls,
    ReviewingCalls,
    IdentityCalls,
    PricingCalls,
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
  anyContract(promotionContract),
  anyContract(couponContract),
  anyContract(redemptionContract),
  deskContract,
  anyContract(taxContract),
  anyContract(shippingContract),
  anyContract(customerContract),
  anyContract(visitorContract),
  analyticsContract,
  anyContract(accountContract),
  anyContract(registrationContract),
  anyContract(loginContract),
  anyContract(meContract),
  anyContract(openIdContract),
  anyContract(passwordContract),
  anyContract(proofContract),
  anyContract(credentialContract),
  anyContract(challengeContract),
  anyContract(sessionContract),
  anyContract(apiKeyContract),
  anyContract(orderContract),
  anyContract(orderRecordContract),
  anyContract(supplementContract),
  anyContract(goodsContract),
  anyContract(entitlementContract),
  anyContract(orderGroupContract),
  anyContract(orderNumberContract),
  anyContract(commissionContract),
  anyContract(ledgerContract),
  anyContract(payoutContract),
  anyContract(returnContract),
  anyContract(invoiceContract),
  anyContract(messageContract),
  anyContract(sellerContract),
  anyContract(jobContract),
  anyContract(membershipContract),
  anyContract(roleContract),
  anyContract(approvalContract),
  decisionContract,
  modelContract,
  fraudContract,
  fraudPolicyContract,
  assessmentContract,
  errandContract,
  recommendationContract,
  reviewContract,
  moderationContract,
  listingContract,
  matchingContract,
  sentimentContract,
  historyContract,
  denialContract,
  disclosureContract,
];
