/** The services that own aggregates or run procedures: one line each. */
import type { ServiceSchema } from "moleculer";
import { approvalService } from "./approval/approval.service";
import { carryOutService } from "./approval/carry-out.service";
import { analyticsService } from "./analytics/approve.service";
import { accountService } from "./account/account.service";
import { accountFinder } from "./account/find.service";
import { loginService } from "./account/login.service";
import { meService } from "./account/me.service";
import { openIdService } from "./account/openid.service";
import { passwordService } from "./account/password.service";
import { proofService } from "./account/proof.service";
import { registrationService } from "./account/registration.service";
import { apiKeyChecks, apiKeyService } from "./apikey/apikey.service";
import { challengeService } from "./challenge/challenge.service";
import { assetService } from "./asset/asset.service";
import { quotaService } from "./quota/quota.service";
import { cartService } from "./cart/cart.service";
import { previewService } from "./cart/preview.service";
import { visitsService } from "./cart/visits.service";
import { alertService } from "./alert/alert.service";
import { alertSaga } from "./alert/sweep.saga";
import { wishlistVisits } from "./wishlist/visits.service";
import { wishlistService } from "./wishlist/wishlist.service";
import { couponService } from "./coupon/coupon.service";
import { customerService } from "./customer/customer.service";
import { promotionService } from "./promotion/promotion.service";
import { deskService } from "./desk/desk.service";
import { deskLook } from "./desk/look.service";
import { redemptionService } from "./redemption/redemption.service";
import { usesService } from "./redemption/uses.service";
import { shippingService } from "./shipping/shipping.service";
import { taxService } from "./tax/tax.service";
import { categoryService } from "./category/category.service";
import { channelService } from "./channel/channel.service";
import { checkoutDriver } from "./checkout/checkout.saga";
import { checkoutService } from "./checkout/checkout.service";
import { collectionService } from "./collection/collection.service";
import { jobService } from "./job/job.service";
import { credentialChecks, credentialService } from "./credential/credential.service";
import { secondFactorService } from "./credential/second-factor.service";
import { assessmentService } from "./assessment/assessment.service";
import { decisionService } from "./decision/decision.service";
import { locationService } from "./location/location.service";
import type { Node } from "./kernel/node";
import { membershipService } from "./membership/membership.service";
import { foundingSaga, staffSaga } from "./membership/staff.saga";
import { fraudPolicyService } from "./fraudpolicy/fraudpolicy.service";
import { modelGuard } from "./model/drift.service";
import { modelShadow } from "./model/shadow.service";
import { modelLessons } from "./model/teach.service";
import { listingService } from "./listing/listing.service";
import { modelService } from "./model/model.service";
import { retrainSaga } from "./model/retrain.saga";
import { offerService } from "./offer/offer.service";
import { paymentMoves, paymentService } from "./payment/payment.service";
import { orderCarryOut } from "./order/carry-out.saga";
import { orderGuestService } from "./order/guest.saga";
import { orderRecordService } from "./order/record.saga";
import { orderService } from "./order/order.service";
import { orderGroupService } from "./ordergroup/ordergroup.service";
import { orderNumberService } from "./ordernumber/ordernumber.service";
import { downloadsSaga } from "./entitlement/downloads.saga";
import { entitlementService } from "./entitlement/entitlement.service";
import { goodsService } from "./goods/goods.service";
import { commissionService } from "./commission/commission.service";
import { ledgerService } from "./ledger/ledger.service";
import { payoutService } from "./payout/payout.service";
import { pricelistService } from "./pricelist/pricelist.service";
import { productService } from "./product/product.service";
import { merchandisingService } from "./merchandising/merchandising.service";
import { messageSaga } from "./message/delivery.saga";
import { messageService } from "./message/message.service";
import { returnSaga } from "./return/return.saga";
import { returnService } from "./return/return.service";
import { invoiceService } from "./invoice/invoice.service";
import { reviewService } from "./review/review.service";
import { shownReviews } from "./review/shown.service";
import { roleService } from "./role/role.service";
import { errandService } from "./errand/errand.service";
import { experimentService } from "./experiment/experiment.service";
import { buyBoxService } from "./buybox/buybox.service";
import { sectionService } from "./section/section.service";
import { sellerService } from "./seller/seller.service";
import { sessionService, sessionTokens } from "./session/session.service";
import { supplementDriver } from "./supplement/supplement.saga";
import { supplementService } from "./supplement/supplement.service";
import { freeService } from "./stock/free.service";
import { stockService } from "./stock/stock.service";
import { transferService } from "./stock/transfer.service";
import { webhookSecrets, webhookService } from "./webhook/webhook.service";

export const services: readonly ((node: Node) => ServiceSchema)[] = [
  assetService,
  quotaService,
  categoryService,
  collectionService,
  sectionService,
  buyBoxService,
  experimentService,
  merchandisingService,
  channelService,
  productService,
  offerService,
  stockService,
  freeService,
  paymentService,
  paymentMoves,
  checkoutService,
  checkoutDriver,
  transferService,
  locationService,
  pricelistService,
  orderService,
  orderCarryOut,
  orderGuestService,
  orderRecordService,
  orderGroupService,
  supplementService,
  supplementDriver,
  goodsService,
  entitlementService,
  downloadsSaga,
  orderNumberService,
  commissionService,
  ledgerService,
  payoutService,
  returnService,
  returnSaga,
  messageService,
  messageSaga,
  invoiceService,
  reviewService,
  shownReviews,
  sellerService,
  cartService,
  visitsService,
  wishlistService,
  wishlistVisits,
  alertService,
  alertSaga,
  previewService,
  promotionService,
  couponService,
  redemptionService,
  deskService,
  deskLook,
  usesService,
  taxService,
  shippingService,
  customerService,
  jobService,
  roleService,
  approvalService,
  carryOutService,
  accountService,
  accountFinder,
  analyticsService,
  registrationService,
  loginService,
  meService,
  openIdService,
  passwordService,
  proofService,
  credentialService,
  credentialChecks,
  secondFactorService,
  challengeService,
  sessionService,
  sessionTokens,
  apiKeyService,
  apiKeyChecks,
  webhookService,
  webhookSecrets,
  decisionService,
  assessmentService,
  errandService,
  fraudPolicyService,
  modelLessons,
  modelShadow,
  listingService,
  modelService,
  retrainSaga,
  modelGuard,
  membershipService,
  staffSaga,
  foundingSaga,
];
