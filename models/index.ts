/** Every aggregate of the mall: one line each. Stores, readers, verification and rebuilds are driven by this list. */
import { erased, type AnyAggregate } from "./kernel/aggregate";
import type { FactKind } from "./kernel/facts";
import type { Model } from "./kernel/model";
import { approval } from "./approval/approval.aggregate";
import { approvalModel } from "./approval/approval.model";
import { account } from "./account/account.aggregate";
import { accountModel } from "./account/account.model";
import { apikey } from "./apikey/apikey.aggregate";
import { apiKeyModel } from "./apikey/apikey.model";
import { challenge } from "./challenge/challenge.aggregate";
import { challengeModel } from "./challenge/challenge.model";
import { asset } from "./asset/asset.aggregate";
import { assetModel } from "./asset/asset.model";
import { buybox } from "./buybox/buybox.aggregate";
import { buyBoxModel } from "./buybox/buybox.model";
import { cart } from "./cart/cart.aggregate";
import { cartModel } from "./cart/cart.model";
import { coupon } from "./coupon/coupon.aggregate";
import { couponModel } from "./coupon/coupon.model";
import { customer } from "./customer/customer.aggregate";
import { customerModel } from "./customer/customer.model";
import { promotion } from "./promotion/promotion.aggregate";
import { promotionModel } from "./promotion/promotion.model";
import { desk } from "./desk/desk.aggregate";
import { deskModel } from "./desk/desk.model";
import { redemption } from "./redemption/redemption.aggregate";
import { redemptionModel } from "./redemption/redemption.model";
import { shipping } from "./shipping/shipping.aggregate";
import { shippingModel } from "./shipping/shipping.model";
import { tax } from "./tax/tax.aggregate";
import { taxModel } from "./tax/tax.model";
import { category } from "./category/category.aggregate";
import { categoryModel } from "./category/category.model";
import { channel } from "./channel/channel.aggregate";
import { channelModel } from "./channel/channel.model";
import { checkout } from "./checkout/checkout.aggregate";
import { checkoutModel } from "./checkout/checkout.model";
import { collection } from "./collection/collection.aggregate";
import { collectionModel } from "./collection/collection.model";
import { job } from "./job/job.aggregate";
import { jobModel } from "./job/job.model";
import { credential } from "./credential/credential.aggregate";
import { credentialModel } from "./credential/credential.model";
import { decisionFacts, decisionOutcomes } from "./decision/decision.model";
import { invoice } from "./invoice/invoice.aggregate";
import { invoiceModel } from "./invoice/invoice.model";
import { location } from "./location/location.aggregate";
import { locationModel } from "./location/location.model";
import { membership } from "./membership/membership.aggregate";
import { membershipModel } from "./membership/membership.model";
import { merchandising } from "./merchandising/merchandising.aggregate";
import { merchandisingModel } from "./merchandising/merchandising.model";
import { experiment } from "./experiment/experiment.aggregate";
import { experimentModel } from "./experiment/experiment.model";
import { section } from "./section/section.aggregate";
import { sectionModel } from "./section/section.model";
import { message } from "./message/message.aggregate";
import { messageModel } from "./message/message.model";
import { assessment } from "./assessment/assessment.aggregate";
import { assessmentModel } from "./assessment/assessment.model";
import { fraudAttempts } from "./fraud/fraud.model";
import { fraudpolicy } from "./fraudpolicy/fraudpolicy.aggregate";
import { fraudPolicyModel } from "./fraudpolicy/fraudpolicy.model";
import { model } from "./model/model.aggregate";
import { modelModel } from "./model/model.model";
import { offer } from "./offer/offer.aggregate";
import { offerModel } from "./offer/offer.model";
import { payment } from "./payment/payment.aggregate";
import { paymentModel } from "./payment/payment.model";
import { order } from "./order/order.aggregate";
import { orderModel } from "./order/order.model";
import { ordergroup } from "./ordergroup/ordergroup.aggregate";
import { orderGroupModel } from "./ordergroup/ordergroup.model";
import { ordernumber } from "./ordernumber/ordernumber.aggregate";
import { orderNumberModel } from "./ordernumber/ordernumber.model";
import { commission } from "./commission/commission.aggregate";
import { commissionModel } from "./commission/commission.model";
import { ledger } from "./ledger/ledger.aggregate";
import { ledgerModel } from "./ledger/ledger.model";
import { entitlement } from "./entitlement/entitlement.aggregate";
import { entitlementModel } from "./entitlement/entitlement.model";
import { goods } from "./goods/goods.aggregate";
import { goodsModel } from "./goods/goods.model";
import { payout } from "./payout/payout.aggregate";
import { payoutModel } from "./payout/payout.model";
import { pricelist } from "./pricelist/pricelist.aggregate";
import { pricelistModel } from "./pricelist/pricelist.model";
import { product } from "./product/product.aggregate";
import { productModel } from "./product/product.model";
import { orderReturn } from "./return/return.aggregate";
import { returnModel } from "./return/return.model";
import { review } from "./review/review.aggregate";
import { reviewModel } from "./review/review.model";
import { role } from "./role/role.aggregate";
import { roleModel } from "./role/role.model";
import { session } from "./session/session.aggregate";
import { sessionModel } from "./session/session.model";
import { seller } from "./seller/seller.aggregate";
import { quota } from "./quota/quota.aggregate";
import { quotaModel } from "./quota/quota.model";
import { sellerModel } from "./seller/seller.model";
import { supplement } from "./supplement/supplement.aggregate";
import { supplementModel } from "./supplement/supplement.model";
import { stock } from "./stock/stock.aggregate";
import { stockModel } from "./stock/stock.model";

export interface Kept {
  readonly aggregate: AnyAggregate;
  readonly model: Model;
}

export const kept: readonly Kept[] = [
  { aggregate: erased(channel), model: channelModel },
  { aggregate: erased(category), model: categoryModel },
  { aggregate: erased(collection), model: collectionModel },
  { aggregate: erased(section), model: sectionModel },
  { aggregate: erased(buybox), model: buyBoxModel },
  { aggregate: erased(experiment), model: experimentModel },
  { aggregate: erased(merchandising), model: merchandisingModel },
  { aggregate: erased(asset), model: assetModel },
  { aggregate: erased(quota), model: quotaModel },
  { aggregate: erased(product), model: productModel },
  { aggregate: erased(offer), model: offerModel },
  { aggregate: erased(stock), model: stockModel },
  { aggregate: erased(payment), model: paymentModel },
  { aggregate: checkout, model: checkoutModel },
  { aggregate: erased(location), model: locationModel },
  { aggregate: erased(pricelist), model: pricelistModel },
  { aggregate: erased(order), model: orderModel },
  { aggregate: supplement, model: supplementModel },
  { aggregate: erased(goods), model: goodsModel },
  { aggregate: erased(entitlement), model: entitlementModel },
  { aggregate: erased(ordergroup), model: orderGroupModel },
  { aggregate: erased(ordernumber), model: orderNumberModel },
  { aggregate: erased(cart), model: cartModel },
  { aggregate: promotion, model: promotionModel },
  { aggregate: erased(coupon), model: couponModel },
  { aggregate: erased(redemption), model: redemptionModel },
  { aggregate: erased(desk), model: deskModel },
  { aggregate: erased(tax), model: taxModel },
  { aggregate: shipping, model: shippingModel },
  { aggregate: erased(customer), model: customerModel },
  { aggregate: erased(commission), model: commissionModel },
  { aggregate: erased(ledger), model: ledgerModel },
  { aggregate: erased(payout), model: payoutModel },
  { aggregate: erased(orderReturn), model: returnModel },
  { aggregate: erased(review), model: reviewModel },
  { aggregate: erased(invoice), model: invoiceModel },
  { aggregate: erased(message), model: messageModel },
  { aggregate: erased(account), model: accountModel },
  { aggregate: erased(credential), model: credentialModel },
  { aggregate: erased(challenge), model: challengeModel },
  { aggregate: erased(session), model: sessionModel },
  { aggregate: erased(apikey), model: apiKeyModel },
  { aggregate: erased(seller), model: sellerModel },
  { aggregate: erased(job), model: jobModel },
  { aggregate: erased(model), model: modelModel },
  { aggregate: erased(assessment), model: assessmentModel },
  { aggregate: erased(fraudpolicy), model: fraudPolicyModel },
  { aggregate: erased(membership), model: membershipModel },
  { aggregate: erased(role), model: roleModel },
  { aggregate: erased(approval), model: approvalModel },
];

/** Every kind of facts that services write: one line each. */
export const factKinds: readonly FactKind[] = [decisionFacts, decisionOutcomes, fraudAttempts];
