/**
 * The roles that every mall has from the start, with what they permit. Whoever adds a permission adds it here to the
 * roles that should have it; a mall that revised a role keeps its own definition (see role.aggregate.ts).
 */

/** Of the party that owns the thing: a shopper of what is theirs, a seller's people of what is the seller's. */
const SHOPPER = [
  "account.self",
  "account.read",
  "account.write",
  "account.erase",
  "approval.read",
  "approval.withdraw",
  "history.read",
  "seller.apply",
  "seller.read",
  "membership.join",
  "payment.read",
  "order.read",
  "order.cancel",
  "customer.read",
  "return.request",
  "message.read",
  "decision.read",
  "review.write",
  "review.read",
  "review.report",
];
const SELLER_STAFF = [
  "history.read",
  "product.write",
  "offer.write",
  "offer.read",
  "stock.write",
  "location.write",
  "location.read",
  "asset.write",
  "membership.read",
  "promotion.write",
  "promotion.read",
  "shipping.write",
  "order.fulfil",
  "return.decide",
  "review.answer",
  "decision.read",
];
const SELLER_OWNER = [
  ...SELLER_STAFF,
  "order.refund",
  "ledger.read",
  "seller.read",
  "seller.write",
  "seller.close",
  "membership.write",
  "promotion.write",
  "promotion.read",
  "shipping.write",
];

/** Of the mall: held without a party. */
const ADMIN_SUPPORT = [
  "history.read",
  "history.personal",
  "account.read",
  "seller.read",
  "offer.read",
  "location.read",
  "membership.read",
  "approval.read",
  "cart.read",
  "customer.read",
  "customer.write",
  "promotion.read",
  "payment.read",
  "checkout.read",
  "order.read",
  "order.cancel",
  "order.refund",
  "order.support",
  "return.request",
  "message.read",
  "message.support",
  "decision.read",
  "fraud.review",
  "review.read",
  "review.moderate",
];
const ADMIN_CATALOGUE = [
  "history.read",
  "analytics.read",
  "channel.write",
  "product.write",
  "category.write",
  "collection.write",
  "buybox.write",
  "buybox.read",
  "merchandising.write",
  "merchandising.read",
  "section.write",
  "experiment.read",
  "experiment.write",
  "asset.write",
  "promotion.write",
  "promotion.read",
  "shipping.write",
  "tax.write",
  "model.read",
];
/** What sellers are owed, and what the mall takes. */
const BOOKS = [
  "ledger.read",
  "ledger.audit",
  "ledger.terms",
  "ledger.adjust",
  "payout.run",
  "payout.settle",
  "commission.read",
  "commission.write",
];
const ADMIN_SELLERS = [
  "history.read",
  "quota.write",
  "seller.read",
  "seller.write",
  "seller.approve",
  "seller.suspend",
  "seller.close",
  "membership.read",
  "membership.write",
  "offer.write",
  "offer.read",
  "stock.write",
  "location.write",
  "location.read",
  "approval.read",
  "approval.decide",
  "order.fulfil",
  "return.decide",
  ...BOOKS,
];
/** Money: the books, what is paid out, and what is given back; the large and the odd of it with a second person. */
const ADMIN_FINANCE = [
  "history.read",
  "seller.read",
  ...BOOKS,
  "order.read",
  "order.refund",
  "payment.read",
  "approval.read",
  "approval.decide",
];
const ADMIN_SECURITY = [
  "history.read",
  "account.read",
  "account.lock",
  "role.read",
  "role.write",
  "denial.read",
  "disclosure.read",
  "approval.read",
  "approval.decide",
  "decision.read",
  "decision.judge",
  "model.read",
  "model.write",
  "fraud.read",
  "fraud.policy",
  "fraud.review",
];
/** Programs get what they need by the scopes of their key; the role alone opens nothing. */
const SERVICE: readonly string[] = [];

export const builtinRoles = {
  shopper: SHOPPER,
  "seller-owner": SELLER_OWNER,
  "seller-staff": SELLER_STAFF,
  "admin-support": ADMIN_SUPPORT,
  "admin-catalogue": ADMIN_CATALOGUE,
  "admin-sellers": ADMIN_SELLERS,
  "admin-finance": ADMIN_FINANCE,
  "admin-security": ADMIN_SECURITY,
  "admin-owner": ["*"],
  service: SERVICE,
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type BuiltinRole = keyof typeof builtinRoles;

export const isBuiltin = (id: string): id is BuiltinRole => Object.hasOwn(builtinRoles, id);
